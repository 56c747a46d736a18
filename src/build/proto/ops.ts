import { bool, bytes, int32, int64, map, repeated, string } from './field.ts'
import { embedded, message } from './message.ts'

// BuildKit's solver/pb/ops.proto: what of it is sent or shown. A build's graph itself goes by as bytes.

export const definition = message({ def: repeated(bytes(1)), metadata: map(2, bytes), source: bytes(3) })

/** A file that steps of a build come from. */
export const sourceInfo = message({ filename: string(1), data: bytes(2), definition: bytes(3), language: string(4) })

const input = message({ digest: string(1), index: int64(2) })

const sourceOp = message({ identifier: string(1), attrs: map(2, string) })

/** One step of a build: what has a source is fetched, what has inputs alone is the end. */
export const op = message({ inputs: repeated(embedded(1, input)), source: embedded(3, sourceOp) })

/** What goes with a step, encoded, in the definition of a build. */
export const opMetadata = message({ description: map(2, string), caps: map(5, bool) })

const position = message({ line: int32(1), character: int32(2) })

/** An area of a source file. */
export const range = message({ start: embedded(1, position), end: embedded(2, position) })

export const progressGroup = message({ id: string(1), name: string(2), weak: bool(3) })
