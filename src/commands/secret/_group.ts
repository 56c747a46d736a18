import { group } from '../../cli/command.ts'

export default group({ path: 'secret', summary: 'Manage Swarm secrets', since: '1.25', swarm: 'manager' })
