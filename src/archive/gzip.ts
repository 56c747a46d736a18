import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

/** An archive's pieces packed with gzip; a piece may be overwritten when the next one is asked for. Fails as they do. */
export function gzip(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const packed = createGzip()
  // Its error is the stream's own too.
  pipeline(Readable.from(copies(pieces)), packed, () => undefined)
  return packed
}

// A stream asks ahead.
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece)
}
