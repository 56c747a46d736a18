import type { Wire } from './reply.ts'

const containerReplies = () => import('../wire/container-replies.ts')
const imageReplies = () => import('../wire/image-replies.ts')
const networkReplies = () => import('../wire/network-replies.ts')
const volumeReplies = () => import('../wire/volume-replies.ts')
const systemReplies = () => import('../wire/system-replies.ts')
const diskUsage = () => import('../wire/disk-usage.ts')
const plugin = () => import('../wire/plugin.ts')
const service = () => import('../wire/swarm-service.ts')
const task = () => import('../wire/swarm-task.ts')
const node = () => import('../wire/swarm-node.ts')
const swarmFile = () => import('../wire/swarm-secret.ts')

/** The Go type of every reply, each loaded with the first request that it answers. */
export const wires = {
  containers: async () => (await import('../wire/container-list.ts')).containerSummaries,
  container: async () => (await import('../wire/container.ts')).containerInspect,
  containerCreated: async () => (await containerReplies()).containerCreated,
  containerUpdated: async () => (await containerReplies()).updateResponse,
  containerExit: async () => (await containerReplies()).waitResponse,
  containerTop: async () => (await containerReplies()).topResponse,
  containerChanges: async () => (await containerReplies()).filesystemChanges,
  containerPath: async () => (await containerReplies()).pathStat,
  containersPruned: async () => (await containerReplies()).prunedContainers,
  containerStats: async () => (await import('../wire/stats.ts')).statsResponse,
  checkpoints: async () => (await containerReplies()).checkpoints,
  identified: async () => (await containerReplies()).identified,
  exec: async () => (await containerReplies()).execInspect,
  images: async () => (await import('../wire/image-list.ts')).imageSummaries,
  image: async () => (await import('../wire/image.ts')).imageInspect,
  imageHistory: async () => (await imageReplies()).imageHistory,
  imagesDeleted: async () => (await imageReplies()).deletedImages,
  imagesPruned: async () => (await imageReplies()).prunedImages,
  distribution: async () => (await imageReplies()).distributionInspect,
  searchResults: async () => (await imageReplies()).searchResults,
  networks: async () => (await networkReplies()).networkSummaries,
  network: async () => (await import('../wire/network.ts')).networkInspect,
  networkCreated: async () => (await networkReplies()).networkCreated,
  networksPruned: async () => (await networkReplies()).prunedNetworks,
  volumes: async () => (await volumeReplies()).volumeList,
  volume: async () => (await import('../wire/volume.ts')).volume,
  volumesPruned: async () => (await volumeReplies()).prunedVolumes,
  plugins: async () => (await plugin()).plugins,
  plugin: async () => (await plugin()).plugin,
  pluginPrivileges: async () => (await plugin()).privileges,
  services: async () => (await service()).services,
  service: async () => (await service()).service,
  serviceCreated: async () => (await service()).serviceCreated,
  serviceUpdated: async () => (await service()).serviceUpdated,
  tasks: async () => (await task()).swarmTasks,
  task: async () => (await task()).swarmTask,
  nodes: async () => (await node()).nodes,
  node: async () => (await node()).node,
  secrets: async () => (await swarmFile()).swarmSecrets,
  secret: async () => (await swarmFile()).swarmSecret,
  secretCreated: async () => (await swarmFile()).secretCreated,
  configs: async () => (await swarmFile()).swarmConfigs,
  config: async () => (await swarmFile()).swarmConfig,
  configCreated: async () => (await swarmFile()).configCreated,
  version: async () => (await systemReplies()).versionResponse,
  auth: async () => (await systemReplies()).authResponse,
  info: async () => (await import('../wire/system-info.ts')).systemInfo,
  diskUsage: async () => (await diskUsage()).diskUsage,
  legacyDiskUsage: async () => (await diskUsage()).legacyDiskUsage,
  event: async () => (await import('../wire/event.ts')).eventMessage,
  progress: async () => (await import('../wire/progress.ts')).progressMessage,
} satisfies Record<string, Wire>
