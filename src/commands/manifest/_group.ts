import { group } from '../../cli/command.ts'

export default group({
  path: 'manifest',
  summary: 'Manage Docker image manifests and manifest lists',
  details:
    'Manage image manifests and manifest lists. A manifest list gives the images of several\nplatforms one name to be pulled by.',
  experimentalClient: true,
  usage: 'COMMAND',
})
