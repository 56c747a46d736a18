import { malformed, MAX_HEAD } from './http1-head.ts'

/** What one piece of a body held. `payload` lies inside that piece and shares its memory. */
export interface BodyPart {
  payload: Uint8Array
  /** The body is whole. */
  complete: boolean
  /** What follows a whole body. */
  rest: Uint8Array
}

/**
 * Reads a body in chunks out of pieces of bytes cut anywhere. Payload is moved together inside the piece it came in, so
 * that the many small chunks of a log become one payload a read and nothing is allocated for them.
 */
export class ChunkDecoder {
  #state: State = 'size'
  /** Bytes left of the current chunk, or what its size line says so far. */
  #left = 0
  #digits = 0
  /** Bytes of the current size line, or of the trailer. */
  #length = 0
  /** Bytes of size lines beyond what their chunks are worth (Go net/http/internal `chunkedReader.excess`). */
  #excess = 0
  #lineEmpty = true

  get done(): boolean {
    return this.#state === 'done'
  }

  /** Takes the next bytes, which it may rearrange; throws TransportError where they are no chunks. */
  push(input: Uint8Array): BodyPart {
    let at = 0
    let start = 0
    let end = 0
    while (at < input.length && this.#state !== 'done') {
      const data = this.#state === 'data-cr' ? this.#skipFraming(input, at) : -1
      if (data !== -1) at = data
      else if (this.#state !== 'data') {
        this.#takeFraming(input[at++] as number)
        continue
      }
      const size = Math.min(this.#left, input.length - at)
      if (start === end) start = end = at
      else input.copyWithin(end, at, at + size)
      end += size
      at += size
      this.#left -= size
      if (this.#left === 0) this.#state = 'data-cr'
    }
    return { payload: input.subarray(start, end), complete: this.done, rest: input.subarray(at) }
  }

  // Where the next chunk's data begins, for a line end and a size line of digits alone that are here whole, as all are of which
  // many come; otherwise -1, and they are taken byte by byte.
  #skipFraming(input: Uint8Array, from: number): number {
    if (input.length - from < 4 + PLAIN_DIGITS || input[from] !== CR || input[from + 1] !== LF) return -1
    let at = from + 2
    let size = 0
    for (const end = at + PLAIN_DIGITS; at < end; at++) {
      const digit = hexDigit(input[at] as number)
      if (digit === -1) break
      size = size * 16 + digit
    }
    if (size === 0 || input[at] !== CR || input[at + 1] !== LF) return -1
    this.#left = size
    this.#length = at - from - 1
    this.#beginData()
    return at + 2
  }

  // One byte of a chunk's size line, of the line end after its data, or of the trailer.
  #takeFraming(byte: number): void {
    switch (this.#state) {
      case 'size':
      case 'size-space':
      case 'extension':
        this.#takeSize(byte)
        return
      case 'size-lf':
        expect(byte, LF)
        this.#beginData()
        return
      case 'data-cr':
        expect(byte, CR)
        this.#state = 'data-lf'
        return
      case 'data-lf':
        expect(byte, LF)
        this.#left = this.#digits = this.#length = 0
        this.#state = 'size'
        return
      default:
        this.#takeTrailer(byte)
    }
  }

  #takeSize(byte: number): void {
    if (++this.#length > MAX_LINE) throw malformed('header line too long')
    const digit = this.#state === 'size' ? hexDigit(byte) : -1
    if (digit !== -1) {
      this.#left = this.#left * 16 + digit
      if (++this.#digits > MAX_DIGITS || this.#left > Number.MAX_SAFE_INTEGER) {
        throw malformed('http chunk length too large')
      }
      return
    }
    if (this.#digits === 0) throw malformed('invalid byte in chunk length')
    if (byte === CR) this.#state = 'size-lf'
    else if (this.#state === 'extension') {
      if (byte === LF) throw malformed('invalid chunk extension')
    } else if (byte === SEMICOLON) this.#state = 'extension'
    else if (byte === SPACE || byte === TAB) this.#state = 'size-space'
    else throw malformed('invalid byte in chunk length')
  }

  // A chunk is worth its size line where that is short or the chunk is long.
  #beginData(): void {
    this.#excess = Math.max(0, this.#excess + this.#length + 2 - 16 - 2 * this.#left)
    if (this.#excess > MAX_EXCESS) throw malformed('chunked encoding contains too much non-data')
    this.#length = 0
    this.#state = this.#left === 0 ? 'trailer' : 'data'
  }

  // Trailers are read past: the Engine API has none.
  #takeTrailer(byte: number): void {
    if (++this.#length > MAX_HEAD) throw malformed('http: suspiciously long trailer after chunked body')
    if (this.#state === 'trailer-lf') {
      expect(byte, LF)
      this.#state = this.#lineEmpty ? 'done' : 'trailer'
      this.#lineEmpty = true
    } else if (byte === CR) this.#state = 'trailer-lf'
    else if (byte === LF) throw malformed('invalid trailer')
    else this.#lineEmpty = false
  }
}

type State =
  | 'size'
  | 'size-space'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailer'
  | 'trailer-lf'
  | 'done'

const MAX_LINE = 4096
const MAX_DIGITS = 16
const PLAIN_DIGITS = 6
const MAX_EXCESS = 16 * 1024

const CR = 13
const LF = 10
const TAB = 9
const SPACE = 32
const SEMICOLON = 59

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function expect(byte: number, expected: number): void {
  if (byte !== expected) throw malformed('malformed chunked encoding')
}
