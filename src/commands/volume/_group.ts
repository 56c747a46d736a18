import { group } from '../../cli/command.ts'

export default group({ path: 'volume', summary: 'Manage volumes', since: '1.21', usage: 'COMMAND' })
