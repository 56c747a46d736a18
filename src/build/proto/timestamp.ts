import { int32, int64 } from './field.ts'
import { message, type Full } from './message.ts'

/** A point in time, since 1970 (google.protobuf.Timestamp). */
export const timestamp = message({ seconds: int64(1), nanos: int32(2) })

export type Timestamp = Full<typeof timestamp>
