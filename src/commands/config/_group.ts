import { group } from '../../cli/command.ts'

export default group({ path: 'config', summary: 'Manage Swarm configs', since: '1.30', swarm: 'manager' })
