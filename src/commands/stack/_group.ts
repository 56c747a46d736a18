import { group } from '../../cli/command.ts'

export default group({
  path: 'stack',
  summary: 'Manage Swarm stacks',
  usage: '[OPTIONS]',
  since: '1.25',
  swarm: 'manager',
})
