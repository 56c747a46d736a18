import { group } from '../../cli/command.ts'

export default group({
  path: 'checkpoint',
  summary: 'Manage checkpoints',
  experimental: true,
  ostype: 'linux',
  since: '1.25',
})
