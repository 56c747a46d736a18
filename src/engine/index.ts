export { Checkpoints } from './checkpoints.ts'
export { Containers } from './containers.ts'
export { Engine, type EngineOptions } from './engine.ts'
export {
  ConnectionError,
  EndpointError,
  EngineError,
  ReplyError,
  isConnectionError,
  isEngineError,
  type ConnectionErrorCode,
  type EngineAddress,
  type EngineErrorCode,
  type ReplyProblem,
} from './errors.ts'
export { Exec } from './exec.ts'
export type { ImageBuildOptions } from './image-build.ts'
export { encodeAuth, Images, type AuthOptions } from './images.ts'
export { http1Transport, type Http1Options } from './http1.ts'
export { jsonMessages, jsonTexts, progressMessages } from './ndjson.ts'
export type { Filters, Query } from './path.ts'
export type { PingInfo } from './ping.ts'
export { Networks } from './networks.ts'
export { Nodes } from './nodes.ts'
export type { CallOptions, EngineRequest, Requester } from './requester.ts'
export { Plugins } from './plugins.ts'
export { Configs, Secrets } from './secrets-configs.ts'
export { Services } from './services.ts'
export { DaemonStreamError, demultiplex, type Demultiplexer, type StreamSink } from './stdcopy.ts'
export { Swarm, type SwarmRotation } from './swarm.ts'
export { System } from './system.ts'
export type * from './transport.ts'
export { TransportError } from './transport.ts'
export { ProgressError, type LogChunk } from './typed-streams.ts'
export type * from './types/container.ts'
export type * from './types/disk-usage.ts'
export type * from './types/exec.ts'
export type * from './types/host-config.ts'
export type * from './types/image.ts'
export type * from './types/mount.ts'
export type * from './types/network.ts'
export type * from './types/platform.ts'
export type * from './types/service.ts'
export type * from './types/plugin.ts'
export type * from './types/system.ts'
export type * from './types/stats.ts'
export type * from './types/swarm-info.ts'
export type * from './types/swarm.ts'
export type * from './types/volume.ts'
export {
  isOlder,
  MAX_API_VERSION,
  MIN_API_VERSION,
  parseApiVersion,
  pinnedApiVersion,
  VersionError,
} from './version.ts'
export { Volumes } from './volumes.ts'
