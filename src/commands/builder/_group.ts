import { group } from '../../cli/command.ts'

export default group({ path: 'builder', summary: 'Manage builds', since: '1.31' })
