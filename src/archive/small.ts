import { crc32, inflateRawSync } from 'node:zlib'
import { cliError } from '../errors/cli-error.ts'
import { toText } from './bytes.ts'
import { TarReader } from './tar-reader.ts'

/** A regular file of an archive. */
export interface SmallFile {
  readonly name: string
  readonly content: Buffer
}

/** How much of an archive is taken, packed or not, and which names; `check` throws for others before more is read. */
export interface SmallArchiveRules {
  readonly limit: number
  readonly check: (name: string) => void
}

/**
 * The regular files of a tar or zip archive, kept in memory; a tar is read no further than its end. Throws with the message of
 * Go's archive/tar and archive/zip for one that is damaged or too large.
 */
export async function readSmallArchive(
  chunks: AsyncIterable<Uint8Array>,
  rules: SmallArchiveRules,
): Promise<SmallFile[]> {
  const files: SmallFile[] = []
  const tar = tarReader(files, rules.check)
  const head: Uint8Array[] = []
  let size = 0
  let kind: 'tar' | 'zip' | undefined
  for await (const chunk of chunks) {
    const room = rules.limit - size
    size += chunk.length
    if (kind !== 'tar') head.push(Buffer.from(chunk.subarray(0, Math.max(0, room))))
    if (kind === undefined && size >= ZIP.length) kind = startsZip(head) ? 'zip' : 'tar'
    if (kind === 'tar') {
      for (const part of head.length > 0 ? head.splice(0) : [chunk.subarray(0, Math.max(0, room))]) tar.write(part)
      if (tar.ended) return files
    }
    if (size > rules.limit) throw cliError('read exceeds the defined limit')
  }
  if (kind === 'zip') return readZip(Buffer.concat(head), rules)
  for (const part of head) tar.write(part)
  // The reference exports contexts without an end mark.
  tar.finish({ unmarked: true })
  return files
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1')

function startsZip(head: readonly Uint8Array[]): boolean {
  return Buffer.concat(head).subarray(0, ZIP.length).equals(ZIP)
}

function tarReader(files: SmallFile[], check: (name: string) => void): TarReader {
  let open: { name: string; chunks: Uint8Array[] } | undefined
  return new TarReader({
    entry: ({ name: bytes, type }) => {
      const name = toText(bytes)
      open = type === '0' ? { name, chunks: [] } : undefined
      if (open !== undefined) check(name)
    },
    data: (chunk) => void open?.chunks.push(Buffer.from(chunk)),
    close: () => {
      if (open !== undefined) files.push({ name: open.name, content: Buffer.concat(open.chunks) })
      open = undefined
    },
  })
}

const invalidZip = 'zip: not a valid zip file'

/** Walks the central directory (PKWARE's APPNOTE, 4.3.12). */
function readZip(bytes: Buffer, { limit, check }: SmallArchiveRules): SmallFile[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) throw cliError(invalidZip)
  const files: SmallFile[] = []
  let at = bytes.readUInt32LE(end + 16)
  let left = limit
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw cliError(invalidZip)
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if (isRegular(name, bytes.readUInt8(at + 5), bytes.readUInt32LE(at + 38))) {
      check(name)
      const content = unzip(bytes, at, left)
      const sum = bytes.readUInt32LE(at + 16)
      if (content.length !== bytes.readUInt32LE(at + 24)) throw cliError('unexpected EOF')
      if (sum !== 0 && sum !== crc32(content)) throw cliError('zip: checksum error')
      left -= content.length
      files.push({ name, content })
    }
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return files
}

function isRegular(name: string, madeBy: number, attributes: number): boolean {
  if (name.endsWith('/')) return false
  const unix = madeBy === 3 || madeBy === 19
  const type = (attributes >>> 16) & 0o170000
  return unix ? type === 0o100000 || type === 0 : (attributes & 0x10) === 0
}

function unzip(bytes: Buffer, at: number, limit: number): Buffer {
  const method = bytes.readUInt16LE(at + 10)
  const size = bytes.readUInt32LE(at + 20)
  const local = bytes.readUInt32LE(at + 42)
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) throw cliError(invalidZip)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (start + size > bytes.length) throw cliError(invalidZip)
  const packed = bytes.subarray(start, start + size)
  if (method === 0) {
    if (packed.length > limit) throw cliError('read exceeds the defined limit')
    return packed
  }
  if (method !== 8) throw cliError('zip: unsupported compression algorithm')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw cliError(code === 'ERR_BUFFER_TOO_LARGE' ? 'read exceeds the defined limit' : 'flate: corrupt input')
  }
}
