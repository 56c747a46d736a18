import { bool, bytes, int64, map, repeated, string } from './field.ts'
import { embedded, message, type Full, type Init } from './message.ts'
import { progressGroup, range, sourceInfo } from './ops.ts'
import { serverStream, service, unary } from './service.ts'
import { policy } from './source-policy.ts'
import { timestamp } from './timestamp.ts'
import { workerRecord } from './worker.ts'

// BuildKit's api/services/control/control.proto: what a client of builds needs of it.

const exporter = message({ type: string(1), attrs: map(2, string) })

const cacheOptionsEntry = message({ type: string(1), attrs: map(2, string) })

const cacheOptions = message({
  exports: repeated(embedded(4, cacheOptionsEntry)),
  imports: repeated(embedded(5, cacheOptionsEntry)),
})

export const solveRequest = message({
  ref: string(1),
  exporterDeprecated: string(3),
  exporterAttrsDeprecated: map(4, string),
  session: string(5),
  frontend: string(6),
  frontendAttrs: map(7, string),
  cache: embedded(8, cacheOptions),
  entitlements: repeated(string(9)),
  internal: bool(11),
  sourcePolicy: embedded(12, policy),
  exporters: repeated(embedded(13, exporter)),
})

const solveResponse = message({ exporterResponse: map(1, string) })

const statusRequest = message({ ref: string(1) })

const vertex = message({
  digest: string(1),
  inputs: repeated(string(2)),
  name: string(3),
  cached: bool(4),
  started: embedded(5, timestamp),
  completed: embedded(6, timestamp),
  error: string(7),
  progressGroup: embedded(8, progressGroup),
})

const vertexStatus = message({
  id: string(1),
  vertex: string(2),
  name: string(3),
  current: int64(4),
  total: int64(5),
  timestamp: embedded(6, timestamp),
  started: embedded(7, timestamp),
  completed: embedded(8, timestamp),
})

const vertexLog = message({ vertex: string(1), timestamp: embedded(2, timestamp), stream: int64(3), msg: bytes(4) })

const vertexWarning = message({
  vertex: string(1),
  level: int64(2),
  short: bytes(3),
  detail: repeated(bytes(4)),
  url: string(5),
  info: embedded(6, sourceInfo),
  ranges: repeated(embedded(7, range)),
})

export const statusResponse = message({
  vertexes: repeated(embedded(1, vertex)),
  statuses: repeated(embedded(2, vertexStatus)),
  logs: repeated(embedded(3, vertexLog)),
  warnings: repeated(embedded(4, vertexWarning)),
})

const listWorkersRequest = message({})

const listWorkersResponse = message({ record: repeated(embedded(1, workerRecord)) })

const descriptor = message({ mediaType: string(1), digest: string(2), size: int64(3), annotations: map(5, string) })

const buildResultInfo = message({ attestations: repeated(embedded(2, descriptor)) })

const buildHistoryRecord = message({
  ref: string(1),
  result: embedded(10, buildResultInfo),
  results: map(11, (number) => embedded(number, buildResultInfo)),
})

const buildHistoryRequest = message({ ref: string(2), earlyExit: bool(3) })

const buildHistoryEvent = message({ record: embedded(2, buildHistoryRecord) })

/** What the daemon builds by. */
export const control = service('moby.buildkit.v1.Control', {
  solve: unary('Solve', solveRequest, solveResponse),
  status: serverStream('Status', statusRequest, statusResponse),
  listWorkers: unary('ListWorkers', listWorkersRequest, listWorkersResponse),
  listenBuildHistory: serverStream('ListenBuildHistory', buildHistoryRequest, buildHistoryEvent),
})

/** A build that is asked for. */
export type SolveRequest = Init<typeof solveRequest>
/** News of a running build. */
export type StatusResponse = Full<typeof statusResponse>
export type Vertex = Full<typeof vertex>
export type VertexStatus = Full<typeof vertexStatus>
export type VertexLog = Full<typeof vertexLog>
export type VertexWarning = Full<typeof vertexWarning>
/** What a build that is over left besides its result. */
export type BuildResultInfo = Full<typeof buildResultInfo>
