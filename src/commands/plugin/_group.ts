import { group } from '../../cli/command.ts'

export default group({ path: 'plugin', summary: 'Manage plugins', since: '1.25' })
