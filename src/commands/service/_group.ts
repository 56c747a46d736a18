import { group } from '../../cli/command.ts'

export default group({ path: 'service', summary: 'Manage Swarm services', since: '1.24', swarm: 'manager' })
