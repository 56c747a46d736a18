import { group } from '../../cli/command.ts'

export default group({ path: 'container', summary: 'Manage containers' })
