import { encode, type Init, type Message } from '../proto/message.ts'
import type { Allocate } from '../proto/writer.ts'

/** A message as gRPC frames it: a byte for compression, which there is none of, and four for the length. */
export function frame<M extends Message>(type: M, value: Init<M>, allocate?: Allocate): Buffer {
  const framed = encode(type, value, PREFIX, allocate)
  framed[0] = 0
  framed.writeUInt32BE(framed.length - PREFIX, 1)
  return framed
}

/** The messages that chunks of bytes make up; one that lies in a single chunk is a view of it. Throws for a cut one. */
export async function* unframe(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let kept: Buffer[] = []
  let size = 0
  let needed = PREFIX
  for await (const chunk of chunks) {
    kept.push(chunk)
    size += chunk.length
    if (size < needed) continue
    let bytes = kept.length === 1 ? chunk : Buffer.concat(kept)
    for (needed = sizeOf(bytes); bytes.length >= needed; needed = sizeOf(bytes)) {
      yield bytes.subarray(PREFIX, needed)
      bytes = bytes.subarray(needed)
    }
    kept = bytes.length > 0 ? [bytes] : []
    size = bytes.length
  }
  if (size > 0) throw new Error('unexpected EOF')
}

// How much the first message needs, with what comes before it.
function sizeOf(bytes: Buffer): number {
  if (bytes.length < PREFIX) return PREFIX
  if (bytes[0] !== 0) throw new Error('grpc: compressed message without an encoding')
  const size = bytes.readUInt32BE(1)
  if (size > MAX_MESSAGE) throw new Error(`grpc: received message larger than max (${size} vs. ${MAX_MESSAGE})`)
  return PREFIX + size
}

const PREFIX = 5
// What BuildKit's own client takes (containerd's defaults.DefaultMaxRecvMsgSize).
const MAX_MESSAGE = 16 * 1024 * 1024
