/**
 * A path as its bytes, one a character: names of files need not be UTF-8, and what goes through an archive has to come out
 * as it went in. Paths sort, split and join in this form as the bytes do.
 */
export type BytePath = string

/** A displayable path, in bytes. */
export function toBytes(text: string): BytePath {
  return isPlain(text) ? text : Buffer.from(text).toString('latin1')
}

/** A path in bytes as text; what is no UTF-8 becomes replacement characters. */
export function toText(path: BytePath): string {
  return isPlain(path) ? path : Buffer.from(path, 'latin1').toString()
}

/** What node:fs takes for a path in bytes. */
export function toFs(path: BytePath): string | Buffer {
  return isPlain(path) ? path : Buffer.from(path, 'latin1')
}

function isPlain(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^[\0-\x7f]*$/.test(text)
}
