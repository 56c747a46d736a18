import type { Sendable } from '../../../engine/sendable.ts'
import type { EndpointSettings } from '../../../engine/types/network.ts'
import { formatIp, parseIp } from '../../../parse/ip.ts'
import { parseMac } from '../../../parse/mac.ts'
import { isUserDefinedNetwork, type NetworkAttachment } from '../../../parse/network.ts'
import { quote } from '../../../go/quote.ts'
import { trimSpace } from '../../../parse/space.ts'
import type { ConfigOptions } from './flags.ts'

type Endpoint = Sendable<EndpointSettings>

/**
 * Gives the endpoints that the options ask for by network. The flags without a network of their own (`--ip`, `--link`, ...)
 * are the first network's; a single one of which nothing is asked is left to the engine (docker/cli container/opts.go parseNetworkOpts).
 */
export function toEndpoints(options: ConfigOptions): Record<string, Endpoint> {
  const networks = options.network ?? []
  if (networks.length === 0) return { default: toEndpoint(withFlags({ target: 'default' }, options)) }
  const endpoints = new Map<string, Endpoint>()
  for (const [index, network] of networks.entries()) {
    const asked = index === 0 ? withFlags(network, options) : network
    const endpoint = toEndpoint(asked)
    if (endpoints.has(network.target)) throw new Error(`network ${quote(network.target)} is specified multiple times`)
    if (networks.length > 1 || isAskedFor(asked)) endpoints.set(network.target, endpoint)
  }
  const kinds = new Set(networks.map(({ target }) => isUserDefinedNetwork(target)))
  if (kinds.size > 1) {
    throw new Error('conflicting options: cannot attach both user-defined and non-user-defined network-modes')
  }
  return Object.fromEntries(endpoints)
}

function withFlags(network: NetworkAttachment, options: ConfigOptions): NetworkAttachment {
  checkConflicts(network, options)
  const { networkAlias, link, macAddress } = options
  const ipv4 = options.ip?.includes(':') ? undefined : options.ip
  const linkLocal = options.linkLocalIp?.map(readAddress).filter((address) => address !== undefined)
  return {
    ...network,
    ...(networkAlias ? { aliases: networkAlias } : {}),
    // On the default bridge a link is not the endpoint's.
    ...(link && isUserDefinedNetwork(network.target) ? { links: link } : {}),
    ...(ipv4 ? { ipv4Address: ipv4 } : {}),
    ...(options.ip6 ? { ipv6Address: options.ip6.includes(':') ? options.ip6 : `::ffff:${options.ip6}` } : {}),
    ...(macAddress ? { macAddress } : {}),
    ...(linkLocal ? { linkLocalIps: linkLocal } : {}),
  }
}

function checkConflicts(network: NetworkAttachment, options: ConfigOptions): void {
  const pairs: [unknown, unknown, string][] = [
    [network.aliases, options.networkAlias, '--network-alias and per-network alias'],
    [network.links, options.link, '--link and per-network links'],
    [network.ipv4Address, options.ip, '--ip and per-network IPv4 address'],
    [network.ipv6Address, options.ip6, '--ip6 and per-network IPv6 address'],
    [network.macAddress, options.macAddress, '--mac-address and per-network MAC address'],
    [network.linkLocalIps, options.linkLocalIp, '--link-local-ip and per-network link-local IP addresses'],
  ]
  const conflict = pairs.find(([own, flag]) => own && flag)
  if (conflict) throw new Error(`conflicting options: cannot specify both ${conflict[2]}`)
}

function toEndpoint(network: NetworkAttachment): Endpoint {
  if (trimSpace(network.target) === '') throw new Error('no name set for network')
  if (!isUserDefinedNetwork(network.target)) {
    if (network.aliases) throw new Error('network-scoped aliases are only supported for user-defined networks')
    if (network.links) throw new Error('links are only supported for user-defined networks')
  }
  return {
    IPAMConfig: toAddresses(network),
    Links: network.links ?? null,
    Aliases: network.aliases ?? null,
    DriverOpts: network.driverOpts ?? null,
    GwPriority: network.gwPriority ?? 0,
    NetworkID: '',
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    MacAddress: network.macAddress ? toMac(network.macAddress) : '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: null,
  }
}

function toAddresses({ ipv4Address, ipv6Address, linkLocalIps = [] }: NetworkAttachment): Endpoint['IPAMConfig'] {
  if (!ipv4Address && !ipv6Address && linkLocalIps.length === 0) return null
  return {
    ...(ipv4Address ? { IPv4Address: ipv4Address } : {}),
    ...(ipv6Address ? { IPv6Address: ipv6Address } : {}),
    ...(linkLocalIps.length > 0 ? { LinkLocalIPs: linkLocalIps } : {}),
  }
}

function isAskedFor(network: NetworkAttachment): boolean {
  const isSet = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value))
  return Object.entries(network).some(([key, value]) => key !== 'target' && isSet(value))
}

/** What is no address is passed over without a word, as the reference does. */
function readAddress(text: string): string | undefined {
  try {
    return formatIp(parseIp(text))
  } catch {
    return undefined
  }
}

function toMac(text: string): string {
  try {
    return parseMac(trimSpace(text))
  } catch {
    throw new Error(`${text} is not a valid mac address`)
  }
}
