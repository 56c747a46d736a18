import { parseCsv } from '../go/csv.ts'
import { cut } from './cut.ts'
import { type Int64, NumberError, parseDecimal } from '../go/int.ts'
import { formatIp, parseIp } from './ip.ts'
import { trimSpace } from './space.ts'

/** One `--network`: the network and what is asked of the endpoint on it; only what was given is there. */
export interface NetworkAttachment {
  target: string
  aliases?: string[]
  links?: string[]
  driverOpts?: Record<string, string>
  ipv4Address?: string
  ipv6Address?: string
  linkLocalIps?: string[]
  macAddress?: string
  gwPriority?: Int64
}

/** Takes a network's name, or `name=net,alias=web,ip=...` (docker/cli opts/network.go). Keys and values are lower-cased, as there. */
export function parseNetwork(text: string): NetworkAttachment {
  if (!/\w=\w/.test(text)) return { target: text }
  const attachment: NetworkAttachment = { target: '' }
  for (const field of parseCsv(text)) {
    const lower = field.toLowerCase()
    const { before, after, found } = cut(lower, '=')
    if (!found || before === '') throw new Error(`invalid field ${field}`)
    setField(attachment, trimSpace(before), trimSpace(after))
  }
  if (attachment.target === '') throw new Error('network name/id is not specified')
  return attachment
}

/** Tells whether a network mode names a network that someone made, rather than a built-in mode (moby/api NetworkMode.IsUserDefined). */
export function isUserDefinedNetwork(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !mode.startsWith('container:')
}

function setField(attachment: NetworkAttachment, key: string, value: string): void {
  switch (key) {
    case 'name':
      attachment.target = value
      break
    case 'alias':
      ;(attachment.aliases ??= []).push(value)
      break
    case 'ip':
      attachment.ipv4Address = formatIp(parseIp(value))
      break
    case 'ip6':
      attachment.ipv6Address = formatIp(parseIp(value))
      break
    case 'mac-address':
      attachment.macAddress = value
      break
    case 'link-local-ip':
      ;(attachment.linkLocalIps ??= []).push(formatIp(parseIp(value)))
      break
    case 'driver-opt':
      attachment.driverOpts = withDriverOption(attachment.driverOpts, value)
      break
    case 'gw-priority':
      attachment.gwPriority = parseGwPriority(value)
      break
    default:
      throw new Error(`invalid field key ${key}`)
  }
}

function withDriverOption(options: Record<string, string> = {}, text: string): Record<string, string> {
  const { before, after, found } = cut(text, '=')
  if (!found || before === '') throw new Error('invalid key value pair format in driver options')
  return Object.fromEntries([...Object.entries(options), [trimSpace(before), trimSpace(after)]])
}

function parseGwPriority(text: string): Int64 {
  try {
    return parseDecimal(text)
  } catch (error) {
    throw new Error(`invalid gw-priority (${text}): ${(error as NumberError).reason}`)
  }
}
