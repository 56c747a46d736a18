import { group } from '../../cli/command.ts'

export default group({ path: 'network', summary: 'Manage networks', since: '1.21' })
