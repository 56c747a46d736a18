import type { NetworkConfig, Service, ServiceNetwork } from '../../../compose/types.ts'
import type { TaskNetwork } from '../../../engine/types/service.ts'
import type { NetworkCreateBody } from '../../../engine/types/network.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { quote } from '../../../go/quote.ts'
import { compareStrings } from '../../../go/strings.ts'
import { canonicalPrefix } from '../../../parse/cidr.ts'
import { isUserDefinedNetwork } from '../../../parse/network.ts'
import { scoped, withStackLabel } from '../_namespace.ts'

type Networks = Readonly<Record<string, NetworkConfig>>

/** The network of services that name none. */
const defaultNetwork = 'default'

/**
 * What is to be created for the networks that the services use, and the names of those that are there already
 * (docker/cli cli/compose/convert Networks).
 */
export function toNetworks(
  stack: string,
  networks: Networks,
  services: readonly Service[],
): { create: NetworkCreateBody[]; external: string[] } {
  const create = new Map<string, NetworkCreateBody>()
  const external: string[] = []
  for (const name of new Set(services.flatMap((service) => Object.keys(networksOf(service))))) {
    const config = networkOf(networks, name) ?? {}
    const fullName = config.name || scoped(stack, name)
    if (config.external?.external) external.push(config.name ?? '')
    else create.set(fullName, toRequest(stack, fullName, config))
  }
  return { create: [...create.values()], external }
}

/** The networks that a service's tasks are attached to, sorted; throws for one that the stack does not have. */
export function toTaskNetworks(stack: string, networks: Networks, service: Service): TaskNetwork[] {
  const attached = Object.entries(networksOf(service)).map(([name, options]) => {
    const config = networkOf(networks, name)
    if (config === undefined && name !== defaultNetwork) throw cliError(`undefined network ${quote(name)}`)
    const target = config?.name || scoped(stack, name)
    const aliases = options?.aliases ?? []
    return {
      Target: target,
      // Other networks have no aliases.
      Aliases: isUserDefinedNetwork(target) ? [...aliases, service.name] : aliases,
      ...(options?.driver_opts ? { DriverOpts: options.driver_opts } : {}),
    }
  })
  return attached.toSorted((a, b) => compareStrings(a.Target, b.Target))
}

function networksOf({ networks = {} }: Service): Record<string, ServiceNetwork | null> {
  return Object.keys(networks).length === 0 ? { [defaultNetwork]: {} } : networks
}

function networkOf(networks: Networks, name: string): NetworkConfig | undefined {
  return Object.hasOwn(networks, name) ? networks[name] : undefined
}

function toRequest(stack: string, name: string, config: NetworkConfig): NetworkCreateBody {
  return {
    Name: name,
    Driver: config.driver || 'overlay',
    Scope: '',
    IPAM: toIpam(config),
    Internal: config.internal ?? false,
    Attachable: config.attachable ?? false,
    Ingress: false,
    ConfigOnly: false,
    ConfigFrom: null,
    Options: config.driver_opts ?? null,
    Labels: withStackLabel(stack, config.labels),
  }
}

function toIpam({ ipam: { driver = '', config = [] } = {} }: NetworkConfig): NetworkCreateBody['IPAM'] {
  if (driver === '' && config.length === 0) return null
  const blocks = config.map((pool) => {
    const subnet = validSubnet(pool?.subnet)
    return subnet === undefined ? {} : { Subnet: subnet }
  })
  return { Driver: driver, Options: null, Config: blocks.length === 0 ? null : blocks }
}

/** What is no subnet is passed over without a word, as the reference does; the daemon then chooses one. */
function validSubnet(text = ''): string | undefined {
  try {
    return canonicalPrefix(text)
  } catch {
    return undefined
  }
}
