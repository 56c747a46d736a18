/** A ustar archive of these entries; `type` is its letter, a plain file unless said otherwise. */
export function tarOf(entries: readonly { name: string; type?: string; content?: string }[]): Buffer {
  return Buffer.concat([...entries.flatMap(entryOf), Buffer.alloc(1024)])
}

function entryOf({ name, type = '0', content = '' }: { name: string; type?: string; content?: string }): Buffer[] {
  const header = Buffer.alloc(512)
  const octal = (value: number, at: number, size: number) => header.write(value.toString(8).padStart(size - 1, '0'), at)
  header.write(name, 0)
  octal(type === '5' ? 0o755 : 0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(content.length, 124, 12)
  octal(1714557600, 136, 12)
  header.write(' '.repeat(8), 148)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return [header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]
}
