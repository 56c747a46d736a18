import { group } from '../../cli/command.ts'

export default group({ path: 'image', summary: 'Manage images' })
