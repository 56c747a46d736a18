import { command, exactly } from '../../cli/command.ts'
import { bool, commaList, list, map, type Options, string } from '../../cli/flags.ts'
import type { NetworkCreateBody } from '../../engine/types/network.ts'
import { parseLabel, toMap } from '../../parse/key-value.ts'
import { blockListFlag, ipListFlag } from './_addresses.ts'
import { toIpamConfig } from './_ipam.ts'

const flags = {
  attachable: bool('Allow standalone containers to attach', { since: '1.25' }),
  auxAddress: map('Auxiliary address reserved for the network driver, NAME=IP'),
  configFrom: string('Network to copy the configuration from', { since: '1.30' }),
  configOnly: bool('Create a network that only holds configuration', { since: '1.30' }),
  driver: string('Network driver', { short: 'd', shownDefault: 'bridge', complete: 'network-drivers' }),
  gateway: ipListFlag('IPv4 or IPv6 gateway of the subnet'),
  ingress: bool("Create the swarm's routing-mesh network", { since: '1.29' }),
  internal: bool('Internal network without external access'),
  ipRange: blockListFlag('Range within the subnet to allocate container addresses from'),
  ipamDriver: string('IPAM (IP address management) driver', { shownDefault: 'default' }),
  ipamOpt: map('IPAM driver option, KEY=VALUE'),
  ipv4: bool('Assign IPv4 addresses', { shownDefault: 'true' }),
  ipv6: bool('Assign IPv6 addresses'),
  label: list('Metadata label, KEY or KEY=VALUE', { read: parseLabel }),
  opt: map('Network driver option, KEY=VALUE', { short: 'o' }),
  scope: string('Network scope', { since: '1.30' }),
  subnet: commaList('Subnet in CIDR format'),
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
