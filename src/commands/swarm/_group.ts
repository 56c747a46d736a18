import { group } from '../../cli/command.ts'

export default group({ path: 'swarm', summary: 'Manage Swarm', since: '1.24', swarm: '' })
