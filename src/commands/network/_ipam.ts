import type { IpamConfig } from '../../engine/types/network.ts'
import { canonicalPrefix, contains, parseCidr } from '../../parse/cidr.ts'
import { formatIp, parseIp } from '../../parse/ip.ts'
import { wrap } from '../../errors/cli-error.ts'

/** The address flags of `network create`. */
export interface AddressOptions {
  readonly subnets: readonly string[]
  readonly ranges: readonly string[]
  readonly gateways: readonly string[]
  readonly auxiliary: Readonly<Record<string, string>>
}

/**
 * Sorts ranges, gateways and auxiliary addresses to the subnets that hold them; throws where one fits nowhere or two would
 * share a place (docker/cli command/network/create.go createIPAMConfig).
 */
export function toIpamConfig({ subnets, ranges, gateways, auxiliary }: AddressOptions): IpamConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new Error('every ip-range or gateway must have a corresponding subnet')
  }
  const configs = new Map<string, IpamConfig>()
  for (const subnet of subnets) {
    for (const other of configs.keys()) {
      if (holds(subnet, other) || holds(other, subnet)) {
        throw new Error('multiple overlapping subnet configuration is not supported')
      }
    }
    configs.set(subnet, { Subnet: canonicalPrefix(subnet) })
  }
  for (const range of ranges) {
    for (const config of matching(configs, range, `no matching subnet for range ${range}`)) {
      if (config.IPRange !== undefined)
        throw twice('ranges', range, config.IPRange, `on the same subnet (${config.Subnet})`)
      config.IPRange = range
    }
  }
  for (const gateway of gateways) {
    for (const config of matching(configs, gateway, `no matching subnet for gateway ${gateway}`)) {
      if (config.Gateway !== undefined)
        throw twice('gateways', gateway, config.Gateway, `for the same subnet (${config.Subnet})`)
      config.Gateway = gateway
    }
  }
  for (const [name, text] of Object.entries(auxiliary)) {
    if (text === '') continue
    const address = formatIp(parseIp(text))
    for (const config of matching(configs, address, `no matching subnet for aux-address ${text}`)) {
      config.AuxiliaryAddresses = { ...config.AuxiliaryAddresses, [name]: address }
    }
  }
  return [...configs.values()]
}

function matching(configs: ReadonlyMap<string, IpamConfig>, address: string, none: string): IpamConfig[] {
  const found = [...configs].filter(([subnet]) => holds(subnet, address)).map(([, config]) => config)
  if (found.length === 0) throw new Error(none)
  return found
}

function holds(subnet: string, address: string): boolean {
  let block
  try {
    block = parseCidr(subnet)
  } catch (error) {
    throw wrap(error, 'invalid subnet')
  }
  return contains(block, address.includes('/') ? parseCidr(address).bytes : parseIp(address).bytes)
}

function twice(what: string, second: string, first: string, where: string): Error {
  return new Error(`cannot configure multiple ${what} (${second}, ${first}) ${where}`)
}
