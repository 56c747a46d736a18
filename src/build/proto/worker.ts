import { bool, int64, map, repeated, string } from './field.ts'
import { embedded, message, type Full } from './message.ts'
import { platform } from './ops.ts'

// BuildKit's api/types/worker.proto.

const gcPolicy = message({
  all: bool(1),
  keepDuration: int64(2),
  reservedSpace: int64(3),
  filters: repeated(string(4)),
  maxUsedSpace: int64(5),
  minFreeSpace: int64(6),
})

const buildkitVersion = message({
  package: string(1),
  version: string(2),
  revision: string(3),
  dockerfileVersion: string(4),
})

/** One that builds, by its ID, with labels that tell what it can do. */
export const workerRecord = message({
  id: string(1),
  labels: map(2, string),
  platforms: repeated(embedded(3, platform)),
  gcPolicy: repeated(embedded(4, gcPolicy)),
  buildkitVersion: embedded(5, buildkitVersion),
})

export type WorkerRecord = Full<typeof workerRecord>
