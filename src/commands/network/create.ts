import { command, exactly } from '../../cli/command.ts'
import { bool, commaList, list, map, type Options, string } from '../../cli/flags.ts'
import type { NetworkCreateBody } from '../../engine/types/network.ts'
import { parseLabel, toMap } from '../../parse/key-value.ts'
import { blockListFlag, ipListFlag } from './_addresses.ts'
import { toIpamConfig } from './_ipam.ts'

const flags = {
  attachable: bool('Let containers be attached by hand', { since: '1.25' }),
  auxAddress: map('Addresses that the driver uses itself'),
  configFrom: string('Network to take the configuration from', { since: '1.30' }),
  configOnly: bool('Make a configuration for other networks, not a network', { since: '1.30' }),
  driver: string('Driver of the network', { short: 'd', shownDefault: 'bridge' }),
  gateway: ipListFlag('Gateway of the subnet'),
  ingress: bool("Make the swarm's routing-mesh network", { since: '1.29' }),
  internal: bool('No way out of the network'),
  ipRange: blockListFlag('Block within the subnet that container addresses come from'),
  ipamDriver: string('Driver that manages the addresses', { shownDefault: 'default' }),
  ipamOpt: map('Option of the address driver'),
  ipv4: bool('Give out IPv4 addresses', { shownDefault: 'true' }),
  ipv6: bool('Give out IPv6 addresses'),
  label: list('Metadata of the network', { read: parseLabel }),
  opt: map('Option of the driver', { short: 'o' }),
  scope: string('How far the network reaches', { since: '1.30' }),
  subnet: commaList('Block of addresses of the network, in CIDR form'),
}

/** What `network create` sends for its options; throws where addresses do not fit together. */
export function toRequest(name: string, options: Options<typeof flags>): NetworkCreateBody {
  const config = toIpamConfig({
    subnets: options.subnet ?? [],
    ranges: options.ipRange ?? [],
    gateways: options.gateway ?? [],
    auxiliary: options.auxAddress ?? {},
  })
  return {
    Name: name,
    Driver: options.driver ?? 'bridge',
    Scope: options.scope ?? '',
    ...(options.ipv4 === undefined ? {} : { EnableIPv4: options.ipv4 }),
    ...(options.ipv6 === undefined ? {} : { EnableIPv6: options.ipv6 }),
    IPAM: { Driver: options.ipamDriver ?? 'default', Options: options.ipamOpt ?? {}, Config: config },
    Internal: options.internal ?? false,
    Attachable: options.attachable ?? false,
    Ingress: options.ingress ?? false,
    ConfigOnly: options.configOnly ?? false,
    ConfigFrom: options.configFrom ? { Network: options.configFrom } : null,
    Options: options.opt ?? {},
    Labels: toMap(options.label ?? []),
  }
}

export default command({
  path: ['network create'],
  summary: 'Create a network',
  args: exactly(1, 'NETWORK'),
  flags,
  async run({ engine, out, signal }, { args, options }) {
    const { networks } = await engine()
    out.line((await networks.create(toRequest(args[0]!, options), { signal })).Id)
  },
})
