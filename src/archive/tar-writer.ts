import type { BytePath } from './bytes.ts'

/** An entry to write; its names are bytes. */
export interface NewEntry {
  readonly name: BytePath
  /** The type's character, as in TarEntry. */
  readonly type: string
  /** Permissions with set-user-ID, set-group-ID and sticky bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Whole seconds. */
  readonly modified: number
  readonly linkName?: BytePath
  readonly deviceMajor?: number
  readonly deviceMinor?: number
}

export const BLOCK = 512

/** What ends an archive. */
export const END = Buffer.alloc(2 * BLOCK)

/**
 * The blocks before an entry's content: ustar, and before that PAX records for what ustar cannot say, as Go's archive/tar
 * does. tar-stream's own do not serve here: it knows names as UTF-8 only, ids of 18 bits, times of 31, and no mode 0.
 * `memory` is a block that is used again for each header; what is given is good until then.
 */
export function encodeHeader(entry: NewEntry, memory = Buffer.alloc(BLOCK)): Buffer {
  const records = paxRecords(entry)
  const header = encodeUstar(entry, memory)
  if (records.length === 0) return header
  const extended = encodeUstar({ ...PAX, size: records.length }, Buffer.alloc(BLOCK))
  return Buffer.concat([extended, records, Buffer.alloc(padding(records.length)), header])
}

/** A whole file: its header, its content, and the zeros after that. */
export function encodeFile(entry: NewEntry, content: Uint8Array): Uint8Array[] {
  return [encodeHeader({ ...entry, size: content.length }), content, Buffer.alloc(padding(content.length))]
}

/** How many zeros follow content of a size. */
export function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

function encodeUstar(entry: NewEntry, block: Buffer): Buffer {
  block.fill(0)
  const octal = (value: number, at: number, digits: number): void => {
    const text = isOctal(value, digits) ? value.toString(8) : '0'
    block.write(text.padStart(digits, '0'), at, 'latin1')
  }
  block.write(shorten(entry.name), 0, 'latin1')
  octal(entry.mode, 100, 7)
  octal(entry.uid, 108, 7)
  octal(entry.gid, 116, 7)
  octal(entry.size, 124, 11)
  octal(entry.modified, 136, 11)
  block.write(entry.type, 156, 'latin1')
  block.write(shorten(entry.linkName ?? ''), 157, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  octal(entry.deviceMajor ?? 0, 329, 7)
  octal(entry.deviceMinor ?? 0, 337, 7)
  block.fill(0x20, 148, 156)
  // A loop, since a call for each byte takes longer than the rest of it.
  let sum = 0
  for (let i = 0; i < USED; i++) sum += block[i] as number
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

function paxRecords({ name, linkName = '', uid, gid, size, modified }: NewEntry): Buffer {
  let text = ''
  const number = (keyword: string, value: number, digits: number): void => {
    if (!isOctal(value, digits)) text += record(keyword, String(value))
  }
  if (shorten(name) !== name) text += record('path', name)
  if (shorten(linkName) !== linkName) text += record('linkpath', linkName)
  number('uid', uid, 7)
  number('gid', gid, 7)
  number('size', size, 11)
  number('mtime', modified, 11)
  return Buffer.from(text, 'latin1')
}

/** `LENGTH KEYWORD=VALUE\n`, where the length counts its own digits. */
function record(keyword: string, value: string): string {
  const rest = ` ${keyword}=${value}\n`
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return length + rest
}

function isOctal(value: number, digits: number): boolean {
  return value >= 0 && value < 8 ** digits
}

/** What ustar's fields take of a name: ASCII, a hundred characters. */
function shorten(name: BytePath): BytePath {
  // oxlint-disable-next-line no-control-regex
  return name.replace(/[\x80-\xff]/g, '').slice(0, 100)
}

/** All fields that are ever set come before here. */
const USED = 345
const PAX = { name: 'PaxHeaders.0/entry', type: 'x', mode: 0, uid: 0, gid: 0, modified: 0 }
