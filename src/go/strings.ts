/**
 * Go strings are bytes. Here they are JavaScript strings in which a byte that is not part of valid UTF-8 (a string cut
 * in the middle of a character) is the lone surrogate U+DC00 + byte, so that nothing is lost on the way to the output.
 */

// oxlint-disable-next-line no-control-regex
const ascii = /^[\0-\x7f]*$/
const encoder = new TextEncoder()

export function isAscii(s: string): boolean {
  return ascii.test(s)
}

/** The byte a lone surrogate stands for, or -1 when the code point is an ordinary one. */
export function escapedByte(code: number): number {
  return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : -1
}

/** `len(s)`. */
export function byteLength(s: string): number {
  return isAscii(s) ? s.length : toBytes(s).length
}

export function toBytes(s: string): Uint8Array {
  if (s.isWellFormed()) return encoder.encode(s)
  const bytes: number[] = []
  for (const char of s) {
    const byte = escapedByte(char.codePointAt(0) as number)
    if (byte >= 0) bytes.push(byte)
    else bytes.push(...encoder.encode(char))
  }
  return Uint8Array.from(bytes)
}

export function fromBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fromBrokenBytes(bytes)
  }
}

function fromBrokenBytes(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let out = ''
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] as number
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    try {
      out += strict.decode(bytes.subarray(i, i + size))
      i += size
    } catch {
      out += String.fromCharCode(0xdc00 + lead)
      i++
    }
  }
  return out
}

/** `s[from:to]`, in bytes. */
export function sliceBytes(s: string, from: number, to: number): string {
  return isAscii(s) ? s.slice(from, to) : fromBytes(toBytes(s).subarray(from, to))
}

/** Go's order of strings: by bytes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1
  return Buffer.compare(toBytes(a), toBytes(b))
}
const surrogate = /[\ud800-\udfff]/

export function runeCount(s: string): number {
  if (isAscii(s)) return s.length
  let n = 0
  for (const _ of s) n++
  return n
}
