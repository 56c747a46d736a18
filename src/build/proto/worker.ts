import { map, string } from './field.ts'
import { embedded, message } from './message.ts'

// BuildKit's api/types/worker.proto.

const buildkitVersion = message({ version: string(2) })

/** One that builds, by its ID, with labels that tell what it can do. */
export const workerRecord = message({
  id: string(1),
  labels: map(2, string),
  buildkitVersion: embedded(5, buildkitVersion),
})
