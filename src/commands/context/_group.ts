import { group } from '../../cli/command.ts'

export default group({ path: 'context', summary: 'Manage contexts' })
