import type { BytePath } from './bytes.ts'

/** What an entry of an archive says of itself. */
export interface TarEntry {
  readonly name: BytePath
  /** The type's character in the header: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` directory, `6` pipe. */
  readonly type: string
  /** Permissions with set-user-ID, set-group-ID and sticky bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Seconds. */
  readonly modified: number
  /** Seconds, where the archive has it. */
  readonly accessed?: number
  readonly linkName: BytePath
  readonly deviceMajor: number
  readonly deviceMinor: number
}

/** What the reader hands over, in the order of the archive; `data` only for files, its memory the reader's. */
export interface TarSink {
  entry(entry: TarEntry): void
  data(chunk: Uint8Array): void
  /** The entry is whole. */
  close(): void
}

/**
 * Takes an archive apart as its bytes come in, in memory of one block. It is written here since names have to stay bytes,
 * which tar-stream decodes as UTF-8. Reads ustar, PAX, GNU and the old format (POSIX pax, Go's archive/tar).
 */
export class TarReader {
  readonly #sink: TarSink
  readonly #block = Buffer.alloc(BLOCK)
  #filled = 0
  /** Bytes to come of the entry, then of the padding after it. */
  #left = 0
  #padding = 0
  #open = false
  #meta: { type: string; content: Buffer; filled: number } | undefined
  #extended: Extended = new Map()
  /** GNU's long names, by the keyword they stand for. */
  readonly #long = new Map<string, BytePath>()
  #zeros = 0

  constructor(sink: TarSink) {
    this.#sink = sink
  }

  /** Whether the archive said that it is over; what follows does not count. */
  get ended(): boolean {
    return this.#zeros >= 2
  }

  /** Takes the next bytes; throws where they are no archive. */
  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && this.#zeros < 2;) {
      if (this.#left > 0) at += this.#content(chunk.subarray(at, at + this.#left))
      else if (this.#padding > 0) at += this.#skip(chunk.length - at)
      else at += this.#header(chunk.subarray(at, at + BLOCK - this.#filled))
    }
  }

  /**
   * Takes the end; throws where the archive is cut short. An engine that gives up between two entries ends its answer as if
   * all were well, and only the missing end mark tells; `unmarked` says that none is expected.
   */
  finish({ unmarked = false } = {}): void {
    const whole = this.#filled === 0 && this.#left === 0 && this.#meta === undefined
    if (!this.ended && !(whole && (unmarked || this.#zeros > 0))) throw new Error('unexpected EOF')
  }

  #content(bytes: Uint8Array): number {
    this.#left -= bytes.length
    if (this.#meta === undefined) this.#sink.data(bytes)
    else {
      this.#meta.content.set(bytes, this.#meta.filled)
      this.#meta.filled += bytes.length
    }
    if (this.#left === 0) this.#whole()
    return bytes.length
  }

  #skip(available: number): number {
    const size = Math.min(this.#padding, available)
    this.#padding -= size
    return size
  }

  #header(bytes: Uint8Array): number {
    this.#block.set(bytes, this.#filled)
    this.#filled += bytes.length
    if (this.#filled < BLOCK) return bytes.length
    this.#filled = 0
    if (this.#block.every((byte) => byte === 0)) {
      this.#zeros += 1
      return bytes.length
    }
    if (this.#zeros > 0 || !isSound(this.#block)) throw invalid()
    this.#begin()
    return bytes.length
  }

  #begin(): void {
    const type = typeOf(this.#block)
    const size = readNumber(this.#block, 124, 12)
    if (META.includes(type)) {
      if (size > META_LIMIT) throw new Error('archive/tar: header field too long')
      if (size < 0) throw invalid()
      this.#meta = { type, content: Buffer.allocUnsafe(size), filled: 0 }
      this.#expect(size)
      return
    }
    for (const [keyword, name] of this.#long) this.#extended.set(keyword, name)
    const entry = describe(this.#block, type, size, this.#extended)
    this.#extended = new Map()
    this.#long.clear()
    const left = WITHOUT_CONTENT.includes(type) ? 0 : entry.size
    if (!Number.isSafeInteger(left) || left < 0) throw invalid()
    this.#open = true
    this.#sink.entry(entry)
    this.#expect(left)
  }

  #expect(size: number): void {
    this.#left = size
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (size === 0) this.#whole()
  }

  #whole(): void {
    const meta = this.#meta
    if (meta !== undefined) {
      this.#meta = undefined
      this.#extend(meta.type, meta.content)
    } else if (this.#open) {
      this.#open = false
      this.#sink.close()
    }
  }

  // A header of the same kind replaces what one before it said, as in Go; they do not pile up.
  #extend(type: string, content: Buffer): void {
    if (type === 'x') this.#extended = readPax(content)
    else if (type !== 'g') this.#long.set(type === 'L' ? 'path' : 'linkpath', untilNul(content))
  }
}

/** Whether bytes begin as an archive does, with the header of an entry. */
export function startsArchive(bytes: Uint8Array): boolean {
  const block = Buffer.from(bytes.subarray(0, BLOCK))
  try {
    return block.length === BLOCK && block.some((byte) => byte !== 0) && isSound(block)
  } catch {
    return false
  }
}

/** What precedes a header and adds to it, by PAX's keywords. */
type Extended = Map<string, string>

function invalid(): Error {
  return new Error('archive/tar: invalid tar header')
}

const BLOCK = 512
const META = ['x', 'g', 'L', 'K']
const META_LIMIT = 1024 * 1024
/** The types of entries that nothing follows, whatever size they give: links, devices, directories and pipes. */
export const WITHOUT_CONTENT = '123456'

function describe(block: Buffer, type: string, size: number, extended: Extended): TarEntry {
  const text = (keyword: string): string | undefined => extended.get(keyword) || undefined
  const time = (keyword: string): number | undefined => readTime(text(keyword))
  const accessed = time('atime')
  const name = text('path') ?? nameOf(block)
  return {
    name,
    // Archives of old mark a directory by its name only.
    type: type === '0' && name.endsWith('/') ? '5' : type,
    mode: readNumber(block, 100, 8) & 0o7777,
    uid: readDecimal(text('uid')) ?? readNumber(block, 108, 8),
    gid: readDecimal(text('gid')) ?? readNumber(block, 116, 8),
    size: readDecimal(text('size')) ?? size,
    modified: time('mtime') ?? readNumber(block, 136, 12),
    ...(accessed === undefined ? {} : { accessed }),
    linkName: text('linkpath') ?? untilNul(block.subarray(157, 257)),
    deviceMajor: readNumber(block, 329, 8),
    deviceMinor: readNumber(block, 337, 8),
  }
}

function typeOf(block: Buffer): string {
  const byte = block[156] as number
  return byte === 0 ? '0' : String.fromCharCode(byte)
}

// Only ustar proper has a prefix there; GNU puts times in its place.
function nameOf(block: Buffer): string {
  const name = untilNul(block.subarray(0, 100))
  if (block.toString('latin1', 257, 263) !== 'ustar\0') return name
  const prefix = untilNul(block.subarray(345, 500))
  return prefix === '' ? name : `${prefix}/${name}`
}

function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

// Octal digits, or, with the first bit set, a number in two's complement (GNU's base-256).
function readNumber(block: Buffer, from: number, length: number): number {
  const first = block[from] as number
  if ((first & 0x80) === 0) {
    const digits = block
      .toString('latin1', from, from + length)
      .replace(/^[ \0]+/, '')
      .replace(/[ \0]+$|\0.*$/s, '')
    if (!/^[0-7]*$/.test(digits)) throw invalid()
    return digits === '' ? 0 : Number.parseInt(digits, 8)
  }
  let value = BigInt(first & 0x7f)
  for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(block[from + i] as number)
  value = BigInt.asIntN(length * 8 - 1, value)
  if (value !== BigInt.asIntN(64, value)) throw invalid()
  return Number(value)
}

// The sum of all bytes, its own field taken as blanks; some archivers of old added signed bytes.
function isSound(block: Buffer): boolean {
  let sum = 0
  let signed = 0
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : (block[i] as number)
    sum += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  const noted = readNumber(block, 148, 8)
  return noted === sum || noted === signed
}

// Records `LENGTH KEYWORD=VALUE\n`, the length counting itself. Only what is used is kept.
function readPax(content: Buffer): Extended {
  const records = new Map<string, string>()
  for (let at = 0; at < content.length;) {
    const blank = content.subarray(at, at + MAX_DIGITS).indexOf(0x20) + at
    const length = blank < at ? undefined : readDecimal(content.toString('latin1', at, blank))
    if (length === undefined || length > content.length - at || blank + 1 >= at + length) throw invalid()
    const record = content.toString('latin1', blank + 1, at + length)
    const equals = record.indexOf('=')
    if (equals < 1 || !record.endsWith('\n')) throw invalid()
    const keyword = record.slice(0, equals)
    const value = record.slice(equals + 1, -1)
    if ((NAMES.includes(keyword) ? value : keyword).includes('\0')) throw invalid()
    // What a sparse file's content is without its holes would go for the whole file.
    if (keyword.startsWith('GNU.sparse.')) throw new Error('archive/tar: sparse files are not supported')
    // An empty value takes the keyword back.
    if (USED.includes(keyword)) records.set(keyword, value)
    at += length
  }
  return records
}

const MAX_DIGITS = 20
const NAMES = ['path', 'linkpath', 'uname', 'gname']
const USED = ['path', 'linkpath', 'uid', 'gid', 'size', 'mtime', 'atime']

function readDecimal(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[+-]?\d+$/.test(text)) throw invalid()
  return Number(text)
}

function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) throw invalid()
  return Number(text)
}
