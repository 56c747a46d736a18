import { command, noArgs } from '../../cli/command.ts'
import { messageOf, reword } from '../../errors/cli-error.ts'
import { bool, type Options, uint32, value } from '../../cli/flags.ts'
import type { SwarmInitRequest } from '../../engine/types/swarm-info.ts'
import { parseCsv } from '../../go/csv.ts'
import { networkOf, parseCidr } from '../../parse/cidr.ts'
import { type ExternalCA, readExternalCAs } from './_external-ca.ts'
import { fetchUnlockKey, printJoinCommand, printUnlockKey } from './_instructions.ts'
import { defaultListenAddress, nodeFlags, toAvailability } from './_node-flags.ts'
import { specFlags, toSpec } from './_spec.ts'

const flags = {
  ...nodeFlags,
  ...specFlags,
  dataPathPort: uint32('Port for the traffic of containers, 1024 to 49151 (0 is the default, 4789)', { since: '1.40' }),
  defaultAddrPool: value('ipNetSlice', 'Block of addresses of which networks are made, in CIDR format', addressPools, {
    since: '1.39',
    shownDefault: '[]',
  }),
  defaultAddrPoolMaskLength: uint32('Length of the prefix of networks from the address pools', {
    since: '1.39',
    shownDefault: '24',
  }),
  forceNewCluster: bool('Make a new swarm from the state of this node'),
}

export default command({
  path: ['swarm init'],
  summary: 'Initialize a swarm',
  args: noArgs,
  since: '1.24',
  swarm: '',
  flags,
  async run(context, { options, site }) {
    const { out, signal } = context
    const request = toInitRequest(options, await readExternalCAs(context, options.externalCa, site))
    const engine = await context.engine()
    const nodeId = await engine.swarm.init(request, { signal }).catch((error: unknown) => {
      throw withAdvice(error)
    })
    out.write(`Swarm initialized: current node (${nodeId}) is now a manager.\n\n`)
    await printJoinCommand(context, engine, nodeId, 'worker')
    out.line("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.")
    if (options.autolock === true) printUnlockKey(context, await fetchUnlockKey(context, engine))
  },
})

/** Gives the request for a new swarm; throws for an availability that there is not. */
export function toInitRequest(options: Options<typeof flags>, externalCAs: ExternalCA[] | undefined): SwarmInitRequest {
  const Availability = toAvailability(options.availability)
  return {
    ListenAddr: options.listenAddr ?? defaultListenAddress,
    AdvertiseAddr: options.advertiseAddr ?? '',
    DataPathAddr: options.dataPathAddr ?? '',
    DataPathPort: options.dataPathPort ?? 0,
    ForceNewCluster: options.forceNewCluster ?? false,
    Spec: toSpec({}, options, externalCAs),
    AutoLockManagers: options.autolock ?? false,
    Availability,
    DefaultAddrPool: options.defaultAddrPool ?? [],
    SubnetSize: options.defaultAddrPoolMaskLength ?? 24,
  }
}

// Quotes of any kind are taken out, and host bits too (pflag ipnet_slice.go).
function addressPools(text: string, before: string[] = []): string[] {
  return [...before, ...csvOrNothing(text.replace(/["'`]/g, '')).map(addressPool)]
}

function csvOrNothing(text: string): string[] {
  try {
    return parseCsv(text)
  } catch (error) {
    if (messageOf(error) === 'EOF') return []
    throw error
  }
}

function addressPool(text: string): string {
  try {
    return networkOf(parseCidr(text.trim()))
  } catch {
    throw new Error(`invalid string being converted to CIDR: ${text}`)
  }
}

/** The daemon does not know of the flag that helps it. */
function withAdvice(error: unknown): unknown {
  const message = messageOf(error)
  const lacksAddress = ['could not choose an IP address to advertise', "could not find the system's IP address"]
  if (!lacksAddress.some((text) => message.includes(text))) return error
  return reword(error, `${message} - specify one with --advertise-addr`)
}
