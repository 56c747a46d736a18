import { bytes, int64, map, string, uint32 } from './field.ts'
import { embedded, message } from './message.ts'
import { serverStream, service, stream, unary } from './service.ts'
import { timestamp } from './timestamp.ts'

// containerd's api/services/content/v1/content.proto: what BuildKit does with folders of content on this side.

const info = message({
  digest: string(1),
  size: int64(2),
  createdAt: embedded(3, timestamp),
  updatedAt: embedded(4, timestamp),
  labels: map(5, string),
})

export const readRequest = message({ digest: string(1), offset: int64(2), size: int64(3) })

export const readResponse = message({ offset: int64(1), data: bytes(2) })

export const writeRequest = message({
  action: uint32(1),
  ref: string(2),
  total: int64(3),
  expected: string(4),
  offset: int64(5),
  data: bytes(6),
  labels: map(7, string),
})

export const writeResponse = message({
  action: uint32(1),
  startedAt: embedded(2, timestamp),
  updatedAt: embedded(3, timestamp),
  offset: int64(4),
  total: int64(5),
  digest: string(6),
})

/** What a message of a writer is about. */
export const WriteAction = { stat: 0, write: 1, commit: 2 } as const

export const content = service('containerd.services.content.v1.Content', {
  info: unary('Info', message({ digest: string(1) }), message({ info: embedded(1, info) })),
  read: serverStream('Read', readRequest, readResponse),
  write: stream('Write'),
})
