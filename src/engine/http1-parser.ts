import { ChunkDecoder, type BodyPart } from './http1-chunks.ts'
import { checkStart, malformed, MAX_HEAD, parseHead, parseLength, shown, type ResponseHead } from './http1-head.ts'
import { TransportError } from './transport.ts'

/** What one piece of input held; after a whole response, or an upgrade's head, `rest` is what follows. */
export interface Parsed extends BodyPart {
  /** Set by the piece that completes the head. */
  head: ResponseHead | undefined
}

/** Reads one HTTP/1.x response out of pieces of bytes cut anywhere. */
export class ResponseParser {
  readonly #method: string
  readonly #upgradable: boolean
  #state: 'head' | 'length' | 'until-close' | 'chunks' | 'upgraded' | 'done' = 'head'
  /** Of a head that is not whole yet: what there is, in a buffer with room for more. */
  #room: Buffer = Buffer.alloc(0)
  #kept = 0
  /** Bytes of interim heads so far: there may be any number, but not for ever. */
  #interim = 0
  /** Bytes left of a body with a length. */
  #left = 0
  readonly #chunks = new ChunkDecoder()

  /** `upgradable` says that a 101 (or a streaming 200) ends HTTP here; without it a 101 is a protocol error. */
  constructor(method: string, upgradable = false) {
    this.#method = method
    this.#upgradable = upgradable
  }

  /** Takes the next bytes, which it may rearrange; throws TransportError where they are not HTTP. */
  push(input: Uint8Array): Parsed {
    let head: ResponseHead | undefined
    let body = input
    while (this.#state === 'head') {
      const found = this.#takeHead(body)
      if (found === undefined) return { head: undefined, payload: EMPTY, complete: false, rest: EMPTY }
      body = found.after
      if (found.head.status >= 200 || found.head.status === 101) {
        head = found.head
        this.#beginBody(head)
      }
    }
    return { head, ...this.#takeBody(body) }
  }

  /** Takes the end of the stream; throws unless the response may end here. */
  end(): void {
    if (this.#state === 'until-close' || this.#state === 'done') return
    if (this.#state === 'head' && this.#kept === 0) throw new TransportError('transport/eof', 'EOF')
    throw new TransportError('transport/unexpected-eof', 'unexpected EOF')
  }

  /** Whether the head has ended HTTP on this connection. */
  get upgraded(): boolean {
    return this.#state === 'upgraded'
  }

  #takeHead(input: Uint8Array): { head: ResponseHead; after: Uint8Array } | undefined {
    const before = this.#kept
    const bytes = before === 0 ? asBuffer(input) : this.#keep(input)
    const end = bytes.indexOf('\r\n\r\n', Math.max(0, before - 3))
    if (this.#interim + (end === -1 ? bytes.length : end) > MAX_HEAD) {
      throw malformed(`server response headers exceeded ${MAX_HEAD} bytes; aborted`)
    }
    if (end === -1) {
      if (bytes.length > 0) checkStart(bytes)
      if (before === 0) this.#keep(input)
      return undefined
    }
    this.#kept = 0
    this.#interim += end + 4
    return { head: parseHead(bytes.toString('latin1', 0, end)), after: input.subarray(end + 4 - before) }
  }

  // The buffer doubles, so that a head which comes byte by byte is not copied for each.
  #keep(input: Uint8Array): Buffer {
    const length = this.#kept + input.length
    if (length > this.#room.length) {
      const larger = Buffer.allocUnsafe(2 * length)
      this.#room.copy(larger, 0, 0, this.#kept)
      this.#room = larger
    }
    this.#room.set(input, this.#kept)
    this.#kept = length
    return this.#room.subarray(0, length)
  }

  #beginBody(head: ResponseHead): void {
    const { status, headers } = head
    const encoding = headers['transfer-encoding']
    const length = headers['content-length'] === undefined ? undefined : parseLength(headers['content-length'])
    if (status === 101 || (this.#upgradable && status === 200 && isRawStream(headers))) {
      if (!this.#upgradable) throw malformed('unexpected 101 response')
      this.#state = 'upgraded'
    } else if (this.#method === 'HEAD' || status === 204 || status === 304) this.#state = 'done'
    else if (encoding !== undefined) {
      if (length !== undefined) throw malformed('both Content-Length and Transfer-Encoding')
      if (encoding.toLowerCase() !== 'chunked') throw malformed(`unsupported transfer encoding: ${shown(encoding)}`)
      this.#state = 'chunks'
    } else if (length !== undefined) {
      this.#left = length
      this.#state = this.#left === 0 ? 'done' : 'length'
    } else {
      head.keepAlive = false
      this.#state = 'until-close'
    }
  }

  #takeBody(input: Uint8Array): BodyPart {
    switch (this.#state) {
      case 'until-close':
        return { payload: input, complete: false, rest: EMPTY }
      case 'length': {
        const size = Math.min(this.#left, input.length)
        this.#left -= size
        if (this.#left === 0) this.#state = 'done'
        return { payload: input.subarray(0, size), complete: this.#left === 0, rest: input.subarray(size) }
      }
      case 'chunks': {
        const part = this.#chunks.push(input)
        if (part.complete) this.#state = 'done'
        return part
      }
      default:
        return { payload: EMPTY, complete: this.#state === 'done', rest: input }
    }
  }
}

const EMPTY = new Uint8Array()

// Daemons from before the upgrade headers, and podman, may answer 200 and go on with the raw stream.
function isRawStream(headers: Record<string, string>): boolean {
  const type = headers['content-type'] ?? ''
  const framed = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  return !framed && /^application\/vnd\.docker\.(raw|multiplexed)-stream$/.test(type)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
