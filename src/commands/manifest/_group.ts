import { group } from '../../cli/command.ts'

export default group({
  path: 'manifest',
  summary: 'Manage image manifests and manifest lists',
  details:
    'Manage image manifests and manifest lists. A manifest list refers to the images of\nseveral platforms by one name.',
  experimentalClient: true,
  usage: 'COMMAND',
})
