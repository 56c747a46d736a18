import { TransportError } from './transport.ts'

export interface ResponseHead {
  status: number
  /** By lower-case name; repeated ones joined with `, `. */
  headers: Record<string, string>
  /** Whether the connection may carry another request after this response. */
  keepAlive: boolean
}

/** What one piece of input held. `payload` lies inside that input and shares its memory. */
export interface Parsed {
  /** Set by the piece that completes the head. */
  head: ResponseHead | undefined
  payload: Uint8Array
  /** The response is whole. */
  complete: boolean
  /** What follows a complete response or an upgrade's head. */
  rest: Uint8Array
}

/**
 * Reads one HTTP/1.x response out of pieces of bytes cut anywhere. Chunked payload is moved together inside the piece
 * it came in, so that the many small chunks of a log become one payload a read and nothing is allocated for them.
 */
export class ResponseParser {
  readonly #method: string
  readonly #upgradable: boolean
  #state: State = 'head'
  #partial: Buffer | undefined
  /** Bytes left of the body or of the current chunk; -1 before a chunk size's first digit. */
  #left = 0
  #lineLength = 0

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
    if (this.#state === 'head' && this.#partial === undefined) throw new TransportError('transport/eof', 'EOF')
    throw new TransportError('transport/unexpected-eof', 'unexpected EOF')
  }

  /** Whether the head has ended HTTP on this connection. */
  get upgraded(): boolean {
    return this.#state === 'upgraded'
  }

  #takeHead(input: Uint8Array): { head: ResponseHead; after: Uint8Array } | undefined {
    const before = this.#partial?.length ?? 0
    const bytes = this.#partial === undefined ? asBuffer(input) : Buffer.concat([this.#partial, input])
    const end = bytes.indexOf('\r\n\r\n', Math.max(0, before - 3))
    if ((end === -1 ? bytes.length : end) > MAX_HEAD) {
      throw malformed(`server response headers exceeded ${MAX_HEAD} bytes; aborted`)
    }
    if (end === -1) {
      if (bytes.length > 0) checkStart(bytes)
      this.#partial = bytes.length === 0 ? undefined : Buffer.from(bytes)
      return undefined
    }
    this.#partial = undefined
    return { head: parseHead(bytes.toString('latin1', 0, end)), after: input.subarray(end + 4 - before) }
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
      if (encoding.toLowerCase() !== 'chunked') throw malformed(`unsupported transfer encoding: ${quote(encoding)}`)
      this.#beginSize()
    } else if (length !== undefined) {
      this.#left = length
      this.#state = this.#left === 0 ? 'done' : 'length'
    } else {
      head.keepAlive = false
      this.#state = 'until-close'
    }
  }

  #takeBody(input: Uint8Array): Omit<Parsed, 'head'> {
    switch (this.#state) {
      case 'upgraded':
      case 'done':
        return { payload: EMPTY, complete: this.#state === 'done', rest: input }
      case 'until-close':
        return { payload: input, complete: false, rest: EMPTY }
      case 'length': {
        const size = Math.min(this.#left, input.length)
        this.#left -= size
        if (this.#left === 0) this.#state = 'done'
        return { payload: input.subarray(0, size), complete: this.#left === 0, rest: input.subarray(size) }
      }
      default:
        return this.#takeChunks(input)
    }
  }

  #takeChunks(input: Uint8Array): Omit<Parsed, 'head'> {
    let at = 0
    let start = 0
    let end = 0
    while (at < input.length && this.#state !== 'done') {
      if (this.#state !== 'chunk-data') {
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
    return { payload: input.subarray(start, end), complete: this.#state === 'done', rest: input.subarray(at) }
  }

  // One byte of a chunk's size line, of the line end after its data, or of the trailer.
  #takeFraming(byte: number): void {
    switch (this.#state) {
      case 'size': {
        const digit = hexDigit(byte)
        if (digit === -1) {
          if (this.#left === -1) throw malformed('invalid byte in chunk length')
          if (byte === CR) this.#state = 'size-lf'
          else if (byte === SEMICOLON || byte === SPACE || byte === TAB) this.#state = 'extension'
          else throw malformed('invalid byte in chunk length')
          return
        }
        this.#left = Math.max(this.#left, 0) * 16 + digit
        if (this.#left > Number.MAX_SAFE_INTEGER) throw malformed('http chunk length too large')
        return
      }
      case 'extension':
        if (byte === CR) this.#state = 'size-lf'
        else if (byte === LF || ++this.#lineLength > MAX_EXTENSION) throw malformed('invalid chunk extension')
        return
      case 'size-lf':
        expect(byte, LF)
        this.#lineLength = 0
        this.#state = this.#left === 0 ? 'trailer' : 'chunk-data'
        return
      case 'data-cr':
        expect(byte, CR)
        this.#state = 'data-lf'
        return
      case 'data-lf':
        expect(byte, LF)
        this.#beginSize()
        return
      default:
        this.#takeTrailer(byte)
    }
  }

  // Trailers are read past: the Engine API has none.
  #takeTrailer(byte: number): void {
    if (this.#state === 'trailer-lf') {
      expect(byte, LF)
      this.#state = this.#lineLength === 0 ? 'done' : 'trailer'
      this.#left += this.#lineLength
      this.#lineLength = 0
      return
    }
    if (byte === CR) this.#state = 'trailer-lf'
    else if (byte === LF || this.#left + ++this.#lineLength > MAX_HEAD) throw malformed('invalid trailer')
  }

  #beginSize(): void {
    this.#state = 'size'
    this.#left = -1
    this.#lineLength = 0
  }
}

type State =
  | 'head'
  | 'length'
  | 'until-close'
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'chunk-data'
  | 'data-cr'
  | 'data-lf'
  | 'trailer'
  | 'trailer-lf'
  | 'upgraded'
  | 'done'

/** The most a response's head, and its trailer, may hold. */
export const MAX_HEAD = 64 * 1024
const MAX_EXTENSION = 16 * 1024

const EMPTY = new Uint8Array()
const CR = 13
const LF = 10
const TAB = 9
const SPACE = 32
const SEMICOLON = 59

function parseHead(text: string): ResponseHead {
  const [statusLine = '', ...lines] = text.split('\r\n')
  const match = /^HTTP\/1\.([01]) (\d{3})(?: [^\r\n]*)?$/.exec(statusLine)
  if (match === null) throw malformed(`malformed HTTP response ${quote(statusLine)}`)
  const headers: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of lines) addHeader(headers, line)
  const connection = (headers['connection'] ?? '').toLowerCase().split(/[\s,]+/)
  const keepAlive = match[1] === '1' ? !connection.includes('close') : connection.includes('keep-alive')
  return { status: Number(match[2]), headers, keepAlive }
}

function addHeader(headers: Record<string, string>, line: string): void {
  const match = HEADER.exec(line)
  if (match === null) throw malformed(`malformed MIME header line: ${line}`)
  const name = (match[1] as string).toLowerCase()
  const value = match[2] as string
  const known = headers[name]
  if (known === undefined) headers[name] = value
  else if (name !== 'content-length') headers[name] = `${known}, ${value}`
  else if (known !== value) throw malformed(`http: message cannot contain multiple Content-Length headers`)
}

// A token, a colon, and a value of visible characters, spaces, tabs and what is beyond ASCII.
const HEADER = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

function parseLength(value: string): number {
  const length = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(length)) throw malformed(`bad Content-Length ${quote(value)}`)
  return length
}

// Tells "this is not HTTP" from the first bytes, so that a TLS alert or a banner is not waited on.
function checkStart(bytes: Buffer): void {
  const expected = 'HTTP/1.'
  const start = bytes.toString('latin1', 0, expected.length)
  if (!expected.startsWith(start)) throw malformed(`malformed HTTP response ${quote(firstLine(bytes))}`)
}

function firstLine(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 256).split(/\r?\n/, 1)[0] ?? ''
}

// Daemons from before the upgrade headers, and podman, may answer 200 and go on with the raw stream.
function isRawStream(headers: Record<string, string>): boolean {
  const type = headers['content-type'] ?? ''
  const framed = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  return !framed && /^application\/vnd\.docker\.(raw|multiplexed)-stream$/.test(type)
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function expect(byte: number, expected: number): void {
  if (byte !== expected) throw malformed('malformed chunked encoding')
}

function malformed(detail: string): TransportError {
  return new TransportError('transport/malformed', `net/http: HTTP/1.x transport connection broken: ${detail}`)
}

function quote(text: string): string {
  // eslint-disable-next-line no-control-regex
  return JSON.stringify(text).replace(/\\u00([0-9a-f]{2})|[\x7f-\xff]/g, (all, hex: string | undefined) =>
    hex === undefined ? `\\x${all.charCodeAt(0).toString(16)}` : `\\x${hex}`,
  )
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
