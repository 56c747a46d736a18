import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { failure, messageOf } from '../cli/errors.ts'

/** A regular file of an archive. */
export interface SmallFile {
  readonly name: string
  readonly content: Buffer
}

const tooLarge = 'read exceeds the defined limit'

/** The regular files of a tar or zip archive, which is read into memory. Throws for one that is damaged or larger than `limit`, unpacked too. */
export async function readSmallArchive(bytes: Buffer, limit: number): Promise<SmallFile[]> {
  if (bytes.length > limit) throw failure(tooLarge)
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) ? readZip(bytes, limit) : readTar(bytes)
}

async function readTar(bytes: Buffer): Promise<SmallFile[]> {
  const files: SmallFile[] = []
  const tar = extract()
  Readable.from([bytes]).pipe(tar)
  try {
    for await (const entry of tar) {
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      const { name, type } = entry.header
      if (type === 'file' || type === 'contiguous-file') files.push({ name, content: Buffer.concat(chunks) })
    }
  } catch (error) {
    const message = messageOf(error)
    if (/unexpected end/i.test(message)) throw failure('unexpected EOF')
    throw failure(/invalid tar header/i.test(message) ? 'archive/tar: invalid tar header' : message)
  }
  return files
}

const invalidZip = 'zip: not a valid zip file'

/** Walks the central directory (PKWARE's APPNOTE, 4.3.12). */
function readZip(bytes: Buffer, limit: number): SmallFile[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) throw failure(invalidZip)
  const files: SmallFile[] = []
  let at = bytes.readUInt32LE(end + 16)
  let left = limit
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw failure(invalidZip)
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if (isRegular(name, bytes.readUInt8(at + 5), bytes.readUInt32LE(at + 38))) {
      const content = unzip(bytes, at, left)
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
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) throw failure(invalidZip)
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (start + size > bytes.length) throw failure(invalidZip)
  const packed = bytes.subarray(start, start + size)
  if (method === 0) {
    if (packed.length > limit) throw failure(tooLarge)
    return packed
  }
  if (method !== 8) throw failure('zip: unsupported compression algorithm')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw failure(code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : 'flate: corrupt input')
  }
}
