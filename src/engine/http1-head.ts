import { TransportError } from './transport.ts'

export interface ResponseHead {
  status: number
  /** By lower-case name; repeated ones joined with `, `. */
  headers: Record<string, string>
  /** Whether the connection may carry another request after this response. */
  keepAlive: boolean
}

/** The most that a response's heads, interim ones included, and its trailer may hold. */
export const MAX_HEAD = 64 * 1024

/** Reads a response's head, without the blank line that ends it; throws TransportError where it is none. */
export function parseHead(text: string): ResponseHead {
  const [statusLine = '', ...lines] = text.split('\r\n')
  const match = STATUS_LINE.exec(statusLine)
  if (match === null) throw malformed(`malformed HTTP response ${shown(statusLine)}`)
  const [, minor, status = ''] = match
  // Below 100 is no class of answers; an interim one would have another after it.
  if (status < '100') throw malformed(`malformed HTTP status code ${shown(status)}`)
  const headers: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of unfold(lines)) addHeader(headers, line)
  const connection = (headers['connection'] ?? '').toLowerCase().split(/[\s,]+/)
  const keepAlive = minor === '1' ? !connection.includes('close') : connection.includes('keep-alive')
  return { status: Number(status), headers, keepAlive }
}

/**
 * Throws as soon as the first bytes of a head show that it will be none, so that a TLS alert, a banner or lines without
 * carriage returns are not waited on.
 */
export function checkStart(bytes: Buffer): void {
  const start = bytes.toString('latin1', 0, VERSION.length)
  const bare = bytes.indexOf(LF)
  const lineEnd = bare === -1 ? bytes.length : bare
  if (!VERSION.startsWith(start) || (bare !== -1 && bytes[bare - 1] !== CR)) {
    throw malformed(`malformed HTTP response ${shown(bytes.toString('latin1', 0, lineEnd))}`)
  }
}

/** A Content-Length; throws TransportError for anything but a number of bytes that can be counted. */
export function parseLength(value: string): number {
  const length = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(length)) throw malformed(`bad Content-Length ${shown(value)}`)
  return length
}

/** The error of a response that is not HTTP/1.x, with the message of Go's net/http. */
export function malformed(detail: string): TransportError {
  return new TransportError('transport/malformed', `net/http: HTTP/1.x transport connection broken: ${detail}`)
}

/** What a server sent, quoted for a message, with its bytes visible and no longer than a line. */
export function shown(text: string): string {
  const start = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text
  // eslint-disable-next-line no-control-regex
  return JSON.stringify(start).replace(/\\u00([0-9a-f]{2})|[\x7f-\xff]/g, (all, hex: string | undefined) =>
    hex === undefined ? `\\x${all.charCodeAt(0).toString(16)}` : `\\x${hex}`,
  )
}

// A header's value may go on in lines that begin with white space (RFC 9112, section 5.2).
function unfold(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => isBlank(line[0]))) return lines
  const fields: string[][] = []
  for (const line of lines) {
    const last = fields.at(-1)
    if (isBlank(line[0]) && last !== undefined) last.push(trim(line))
    else fields.push([line])
  }
  return fields.map((parts) => parts.join(' '))
}

function addHeader(headers: Record<string, string>, line: string): void {
  const match = HEADER.exec(line)
  if (match === null) throw malformed(`malformed MIME header line: ${shown(line)}`)
  const name = (match[1] as string).toLowerCase()
  const value = trim(match[2] as string)
  const known = headers[name]
  if (known === undefined) headers[name] = value
  else if (name !== 'content-length') headers[name] = `${known}, ${value}`
  else if (known !== value) throw malformed(`http: message cannot contain multiple Content-Length headers`)
}

// No expression does this in time that grows with the text alone.
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t'
}

const STATUS_LINE = /^HTTP\/1\.([01]) (\d{3})(?: [^\r\n]*)?$/
// A token, a colon, and a value of visible characters, spaces, tabs and what is beyond ASCII.
const HEADER = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/
const VERSION = 'HTTP/1.'
const MAX_SHOWN = 200
const CR = 13
const LF = 10
