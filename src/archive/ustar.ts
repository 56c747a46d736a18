/** A file or folder of a small archive held in memory. */
export interface UstarEntry {
  readonly name: string
  readonly mode: number
  readonly directory?: true
  readonly content?: Uint8Array
}

/**
 * A tar archive of entries owned by root and of no time, byte for byte as Go's archive/tar writes them; the two empty blocks at the end are
 * left out, as `context export` of the reference leaves them out. Throws for names over 100 bytes.
 */
export function packUstar(entries: readonly UstarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = entry.content ?? new Uint8Array()
    return [header(entry, content.length), content, Buffer.alloc(-content.length & 511)]
  })
  return Buffer.concat(blocks)
}

function header({ name, mode, directory }: UstarEntry, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name is too long for an archive: ${name}`)
  const block = Buffer.alloc(512)
  const octal = (value: number, at: number, width: number): void => {
    block.write(value.toString(8).padStart(width - 1, '0'), at)
  }
  block.write(name, 0)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  block.write('        ', 148)
  block.write(directory === true ? '5' : '0', 156)
  block.write('ustar\x0000', 257)
  octal(0, 329, 8)
  octal(0, 337, 8)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}
