const controls = '@abcdefghijklmnopqrstuvwxyz[\\]^_'

/** Takes a detach sequence such as `ctrl-p,ctrl-q`, each key a character, `ctrl-` and one, or `DEL`, and gives its bytes (moby/term ToBytes). */
export function parseDetachKeys(text: string): Uint8Array {
  return Uint8Array.from(text.split(','), byteOf)
}

function byteOf(key: string): number {
  const code = key.codePointAt(0) ?? 0
  if (key.length === 1 && code < 0x80) return code
  if (key === 'DEL') return 0x7f
  const control = /^ctrl-(.)$/.test(key) ? controls.indexOf(key.at(-1)!) : -1
  if (control < 0) throw new Error(`Unknown character: '${key}'`)
  return control
}
