import { command, exactly } from '../../cli/command.ts'
import { commaList, int, list, type Options } from '../../cli/flags.ts'
import type { EndpointSettings } from '../../engine/types/network.ts'
import { cut } from '../../parse/cut.ts'
import { parseLink } from '../../parse/link.ts'
import { ipFlag, ipListFlag } from './_addresses.ts'

const flags = {
  alias: commaList('Alias of the container on the network'),
  driverOpt: commaList("Network driver option for the container's endpoint, KEY=VALUE"),
  gwPriority: int('Gateway priority; the network with the highest one provides the default gateway'),
  ip: ipFlag('Static IPv4 address on the network'),
  ip6: ipFlag('Static IPv6 address on the network'),
  link: list('Legacy link to another container, NAME[:ALIAS]', { read: parseLink }),
  linkLocalIp: ipListFlag('Link-local address of the container'),
}

/** The endpoint that `network connect` asks for; throws for a driver option without a key or value. */
export function toEndpoint(options: Options<typeof flags>): EndpointSettings {
  return {
    IPAMConfig: {
      ...(options.ip ? { IPv4Address: options.ip } : {}),
      ...(options.ip6 ? { IPv6Address: options.ip6 } : {}),
      ...(options.linkLocalIp?.length ? { LinkLocalIPs: options.linkLocalIp } : {}),
    },
    Links: options.link ?? null,
    Aliases: options.alias ?? [],
    DriverOpts: Object.fromEntries((options.driverOpt ?? []).map(parseDriverOption)),
    GwPriority: options.gwPriority ?? 0,
  }
}

function parseDriverOption(text: string): [string, string] {
  const { before, after, found } = cut(text, '=')
  if (!found || before.trim() === '') throw new Error('invalid key/value pair format in driver options')
  return [before.trim(), after.trim()]
}

export default command({
  path: ['network connect'],
  summary: 'Connect a container to a network',
  args: exactly(2, 'NETWORK CONTAINER'),
  flags,
  complete: 'network-then-container',
  async run({ engine, signal }, { args, options }) {
    const { networks } = await engine()
    await networks.connect(args[0]!, args[1]!, toEndpoint(options), { signal })
  },
})
