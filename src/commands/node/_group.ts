import { group } from '../../cli/command.ts'

export default group({ path: 'node', summary: 'Manage Swarm nodes', since: '1.24', swarm: 'manager' })
