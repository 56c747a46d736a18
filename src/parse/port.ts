import { cut } from './cut.ts'
import { NumberError, parseInteger, parseUnsigned } from '../go/int.ts'
import { canonicalIp, formatIp, parseIp } from './ip.ts'
import { dictionary } from '../go/dictionary.ts'

/** One published port: `80/tcp` and where on the host; an empty host port lets the engine choose. */
export interface PortMapping {
  port: string
  hostIp: string
  hostPort: string
}

/** Takes `[[ip:][hostPort]:]containerPort[/protocol]`, ports as numbers or ranges, IPv6 in brackets or not (go-connections nat ParsePortSpec). */
export function parsePortMapping(text: string): PortMapping[] {
  const parts = text.split(':')
  const [rawPort = '', hostPort = ''] = parts.slice(-2).toReversed()
  const { before: container, after: rawProtocol } = cut(rawPort, '/')
  if (container === '') throw new Error(`no port specified: ${text}<empty>`)
  const protocol = rawProtocol === '' ? 'tcp' : rawProtocol.toLowerCase()
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new Error(`invalid proto: ${protocol}`)
  const hostIp = hostIpOf(parts.slice(0, -2).join(':'))
  const range = rangeOr(container, `invalid containerPort: ${container}`)
  const host = hostPort === '' ? undefined : rangeOr(hostPort, `invalid hostPort: ${hostPort}`)
  const count = range.end - range.start + 1
  if (host && count !== 1 && host.end - host.start + 1 !== count) {
    throw new Error(`invalid ranges specified for container and host Ports: ${container} and ${hostPort}`)
  }
  return Array.from({ length: count }, (_, index) => ({
    port: `${range.start + index}/${protocol}`,
    hostIp,
    hostPort: host ? hostPortAt(host, index, count) : '',
  }))
}

/** Takes `--publish` in its `published=8080,target=80,protocol=tcp` form and gives the short one (docker/cli container/opts.go). */
export function toShortPublish(text: string): string {
  if (!text.includes('=')) return text
  const fields = dictionary({ protocol: 'tcp' })
  for (const field of text.split(',')) {
    const { before, after, found } = cut(field, '=')
    if (!found || before === '')
      throw new Error(`invalid publish opts format (should be name=value but got '${field}')`)
    fields[before] = after
  }
  return `${fields['published'] ?? ''}:${fields['target'] ?? ''}/${fields['protocol']}`
}

/** Takes `--expose` as `port[-port][/protocol]` and gives each port as `80/tcp` (moby/api network ParsePortRange). */
export function parseExpose(text: string): string[] {
  if (text === '') throw new Error('invalid port range: value is empty')
  const { before: range, after: protocol } = cut(text, '/')
  const { start, end } = parseRange(range, parsePortNumber, text)
  return Array.from(
    { length: end - start + 1 },
    (_, index) => `${start + index}/${protocol === '' ? 'tcp' : protocol.toLowerCase()}`,
  )
}

interface PortRange {
  start: number
  end: number
}

function hostIpOf(text: string): string {
  if (text === '') return ''
  const ip = text.startsWith('[') ? unbracket(text) : text
  if (ip === '') return ''
  if (canonicalIp(ip) === undefined) throw new Error(`invalid IP address: ${ip}`)
  return formatIp(parseIp(ip))
}

/** Reads `[ip]` as Go's net.SplitHostPort reads `[ip]:`. */
function unbracket(text: string): string {
  const reason = bracketFault(text)
  if (reason) throw new Error(`invalid IP address ${text}: address ${text}:: ${reason}`)
  return text.slice(1, -1)
}

function bracketFault(text: string): string | undefined {
  const close = text.indexOf(']')
  if (close < 0) return "missing ']' in address"
  if (close !== text.length - 1)
    return text[close + 1] === ':' ? 'too many colons in address' : 'missing port in address'
  return text.lastIndexOf('[') > 0 ? "unexpected '[' in address" : undefined
}

function hostPortAt(host: PortRange, index: number, count: number): string {
  return count === 1 && host.start !== host.end ? `${host.start}-${host.end}` : String(host.start + index)
}

function rangeOr(text: string, message: string): PortRange {
  try {
    return parseRange(text, parseSignedPortNumber, text)
  } catch {
    throw new Error(message)
  }
}

function parseRange(range: string, parseNumber: (text: string) => number, whole: string): PortRange {
  const { before: first, after: last, found } = cut(range, '-')
  const start = withReason(() => parseNumber(first), `invalid start port '${first}'`)
  if (!found || first === last) return { start, end: start }
  const end = withReason(() => parseNumber(last), `invalid end port '${last}'`)
  if (end < start) throw new Error(`invalid port range: ${whole}`)
  return { start, end }
}

function withReason(parse: () => number, message: string): number {
  try {
    return parse()
  } catch (error) {
    const reason = error instanceof NumberError ? error.reason : (error as Error).message
    throw new Error(`${message}: ${reason}`, { cause: error })
  }
}

function parsePortNumber(text: string): number {
  if (text === '') throw new Error('value is empty')
  return Number(parseUnsigned(text, { bits: 16 }))
}

function parseSignedPortNumber(text: string): number {
  if (text === '') throw new Error('value is empty')
  const port = parseInteger(text)
  if (port < 0 || port > 65535) throw new Error('value out of range (0–65535)')
  return Number(port)
}
