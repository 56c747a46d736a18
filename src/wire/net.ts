import { compareStrings } from '../go/strings.ts'
import { compareIps, formatIp, parseIp } from '../parse/ip.ts'
import { type Int64, NumberError, parseUnsigned } from '../go/int.ts'
import { bool, int, method, named, str, textual, uint16 } from '../go/types.ts'

/** An address as it is printed again: what nearly all are. */
const CANONICAL = /^(?:::|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4})$/

/** Go's netip.Addr; the zero value is the empty text. */
export const addr = textual(
  'netip.Addr',
  {
    zero: '',
    decode: (text) => (text === '' || CANONICAL.test(text) ? text : formatIp(parseIp(text))),
    compare: compareIps,
  },
  {
    String: method(str, (ip: string) => ip || 'invalid IP'),
    IsValid: method(bool, (ip: string) => ip !== ''),
    Is4: method(bool, (ip: string) => ip !== '' && !ip.includes(':')),
    Is6: method(bool, (ip: string) => ip.includes(':')),
    Is4In6: method(bool, (ip: string) => ip.startsWith('::ffff:') && ip.includes('.')),
    IsUnspecified: method(bool, (ip: string) => ip === '0.0.0.0' || ip === '::'),
    IsLoopback: method(bool, (ip: string) => ip.startsWith('127.') || ip === '::1'),
    Zone: method(str, (ip: string) => ip.split('%')[1] ?? ''),
    BitLen: method(int, (ip: string) => (ip === '' ? 0 : ip.includes(':') ? 128 : 32)),
  },
)

/** Go's netip.Prefix; the zero value is the empty text. */
export const prefix = textual(
  'netip.Prefix',
  { zero: '', decode: decodePrefix },
  {
    String: method(str, (text: string) => text || 'invalid Prefix'),
    IsValid: method(bool, (text: string) => text !== ''),
    Addr: method(addr, (text: string) => text.split('/')[0] ?? ''),
    Bits: method(int, (text: string) => (text === '' ? -1 : Number(text.split('/')[1]))),
    IsSingleIP: method(bool, (text: string) => text.endsWith(text.includes(':') ? '/128' : '/32')),
  },
)

const ipProtocolType = named('network.IPProtocol', str)

/** Go's network.Port of the moby API: `80/tcp`; the zero value is the empty text. */
export const port = textual(
  'network.Port',
  { zero: '', decode: decodePort, compare: comparePorts },
  {
    String: method(str, (text: string) => text || 'invalid port'),
    Num: method(uint16, (text: string) => numberOf(text)),
    Port: method(str, (text: string) => (text === '' ? '' : String(numberOf(text)))),
    Proto: method(ipProtocolType, (text: string) => text.split('/')[1] ?? ''),
    IsValid: method(bool, (text: string) => text !== ''),
    IsZero: method(bool, (text: string) => text === ''),
  },
)

/** Go's network.HardwareAddr, by its text: empty is nil, which is false in a template. */
export const hardwareAddr = named('network.HardwareAddr', str, {
  String: method(str, (text: string) => text.toLowerCase().replaceAll('-', ':')),
})

function decodePrefix(text: string): string {
  if (text === '') return ''
  const slash = text.lastIndexOf('/')
  const refuse = (reason: string) => new Error(`netip.ParsePrefix(${JSON.stringify(text)}): ${reason}`)
  if (slash < 0) throw refuse("no '/'")
  const ip = parseIp(text.slice(0, slash))
  const bits = text.slice(slash + 1)
  if (!/^(0|[1-9]\d{0,2})$/.test(bits)) throw refuse(`bad bits after slash: ${JSON.stringify(bits)}`)
  if (Number(bits) > ip.bytes.length * 8) throw refuse('prefix length out of range')
  return `${formatIp(ip)}/${bits}`
}

function decodePort(text: string): string {
  if (text === '') return ''
  const [number = '', protocol = ''] = text.split(/\/(.*)/s, 2)
  return `${portNumber(number)}/${protocol.toLowerCase() || 'tcp'}`
}

function portNumber(text: string): Int64 {
  if (text === '') throw new Error("invalid port '': value is empty")
  try {
    return parseUnsigned(text, { bits: 16 })
  } catch (error) {
    throw new Error(`invalid port '${text}': ${(error as NumberError).reason}`, { cause: error })
  }
}

function numberOf(port_: string): number {
  return Number(port_.split('/')[0])
}

function comparePorts(a: string, b: string): number {
  return numberOf(a) - numberOf(b) || compareStrings(a, b)
}
