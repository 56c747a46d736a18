import { quote } from '../go/quote.ts'
import { trimSpace } from './space.ts'

/** An IP address: 4 or 16 bytes, and the zone of a scoped IPv6 address. */
export interface IpAddress {
  bytes: number[]
  zone: string
}

/** Takes an IPv4 or IPv6 address, with a zone or not; throws `ParseAddr("x"): reason` (Go net/netip ParseAddr). */
export function parseIp(text: string): IpAddress {
  const [mark] = /[.:%]/.exec(text) ?? []
  if (mark === '.') return { bytes: parseIpv4(text, text), zone: '' }
  if (mark === ':') return parseIpv6(text)
  throw parseError(text, mark === '%' ? 'missing IPv6 address' : 'unable to parse IP')
}

/** Gives the canonical text of an address: lower case, the longest run of zeros as `::`. */
export function formatIp({ bytes, zone }: IpAddress): string {
  if (bytes.length === 4) return bytes.join('.')
  const suffix = zone === '' ? '' : `%${zone}`
  if (isMapped(bytes)) return `::ffff:${bytes.slice(12).join('.')}${suffix}`
  return compress(wordsOf(bytes)) + suffix
}

/** Takes an address without zone and gives its canonical text, an IPv4-mapped one as IPv4; undefined if it is none (Go net.ParseIP). */
export function canonicalIp(text: string): string | undefined {
  let address: IpAddress
  try {
    address = parseIp(text)
  } catch {
    return undefined
  }
  if (address.zone !== '') return undefined
  return isMapped(address.bytes) ? address.bytes.slice(12).join('.') : formatIp(address)
}

/** Takes an address flag's text, blanks around it allowed, and gives it canonically (docker/cli opts ValidateIPAddress). */
export function parseIpFlag(text: string): string {
  const address = canonicalIp(trimSpace(text))
  if (address === undefined) throw new Error(`IP address is not correctly formatted: ${text}`)
  return address
}

/** Compares addresses for sorting: by their number of bits, then by value, then by zone; no address comes first (Go netip.Addr.Compare). */
export function compareIps(a: string, b: string): number {
  if (a === '' || b === '') return a.length - b.length
  const [left, right] = [parseIp(a), parseIp(b)]
  return (
    left.bytes.length - right.bytes.length ||
    Buffer.compare(Buffer.from(left.bytes), Buffer.from(right.bytes)) ||
    Buffer.compare(Buffer.from(left.zone), Buffer.from(right.zone))
  )
}

function isMapped(bytes: number[]): boolean {
  return (
    bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  )
}

function wordsOf(bytes: number[]): number[] {
  return Array.from({ length: 8 }, (_, index) => (bytes[index * 2]! << 8) | bytes[index * 2 + 1]!)
}

function compress(words: number[]): string {
  let start = -1
  let length = 1
  for (let from = 0; from < 8; from++) {
    let to = from
    while (words[to] === 0) to++
    if (to - from > length) [start, length] = [from, to - from]
  }
  const hex = words.map((word) => word.toString(16))
  if (start < 0) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

function parseIpv4(text: string, whole: string): number[] {
  const bytes: number[] = []
  let digits = ''
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!
    const rest = text.slice(index)
    if (/\d/.test(char)) {
      if (digits === '0') throw parseError(whole, 'IPv4 field has octet with leading zero')
      digits += char
      if (Number(digits) > 255) throw parseError(whole, 'IPv4 field has value >255')
    } else if (char === '.') {
      if (digits === '' || rest === '.') throw parseError(whole, 'IPv4 field must have at least one digit', rest)
      if (bytes.length === 3) throw parseError(whole, 'IPv4 address too long')
      bytes.push(Number(digits))
      digits = ''
    } else {
      throw parseError(whole, 'unexpected character', rest)
    }
  }
  if (bytes.length < 3) throw parseError(whole, 'IPv4 address too short')
  return [...bytes, Number(digits)]
}

function parseIpv6(whole: string): IpAddress {
  const percent = whole.indexOf('%')
  const zone = percent < 0 ? '' : whole.slice(percent + 1)
  if (percent >= 0 && zone === '') throw parseError(whole, 'zone must be a non-empty string')
  let rest = percent < 0 ? whole : whole.slice(0, percent)
  const bytes: number[] = []
  let ellipsis = -1
  if (rest.startsWith('::')) {
    ellipsis = 0
    rest = rest.slice(2)
  }
  while (bytes.length < 16 && !(ellipsis === bytes.length && rest === '')) {
    const digits = /^[\da-f]*/i.exec(rest)![0]
    if (digits.length > 4) throw parseError(whole, 'each group must have 4 or less digits', rest)
    if (digits === '') throw parseError(whole, 'each colon-separated field must have at least one digit', rest)
    if (rest[digits.length] === '.') {
      if (ellipsis < 0 && bytes.length !== 12)
        throw parseError(whole, 'embedded IPv4 address must replace the final 2 fields of the address', rest)
      if (bytes.length > 12)
        throw parseError(whole, 'too many hex fields to fit an embedded IPv4 at the end of the address', rest)
      bytes.push(...parseIpv4(rest, whole))
      rest = ''
      break
    }
    const word = Number.parseInt(digits, 16)
    bytes.push(word >> 8, word & 0xff)
    rest = rest.slice(digits.length)
    if (rest === '') break
    if (rest[0] !== ':') throw parseError(whole, 'unexpected character, want colon', rest)
    if (rest === ':') throw parseError(whole, 'colon must be followed by more characters', rest)
    rest = rest.slice(1)
    if (rest[0] === ':') {
      if (ellipsis >= 0) throw parseError(whole, 'multiple :: in address', rest)
      ellipsis = bytes.length
      rest = rest.slice(1)
    }
  }
  if (rest !== '') throw parseError(whole, 'trailing garbage after address', rest)
  return { bytes: expand(bytes, ellipsis, whole), zone }
}

function expand(bytes: number[], ellipsis: number, whole: string): number[] {
  if (bytes.length === 16) {
    if (ellipsis >= 0) throw parseError(whole, 'the :: must expand to at least one field of zeros')
    return bytes
  }
  if (ellipsis < 0) throw parseError(whole, 'address string too short')
  const zeros = Array.from({ length: 16 - bytes.length }, () => 0)
  return [...bytes.slice(0, ellipsis), ...zeros, ...bytes.slice(ellipsis)]
}

function parseError(text: string, reason: string, at = ''): Error {
  return new Error(`ParseAddr(${quote(text)}): ${reason}${at === '' ? '' : ` (at ${quote(at)})`}`)
}
