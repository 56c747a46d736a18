import { cliError } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { string, value } from '../../cli/flags.ts'
import { parseTcpAddress } from '../../connection/host.ts'

/** Where a node listens unless told otherwise. */
export const defaultListenAddress = '0.0.0.0:2377'

/** The flags that say how a node takes part, of `swarm init` and `swarm join`. */
export const nodeFlags = {
  advertiseAddr: string('Address that other nodes are told, IP|INTERFACE[:PORT]'),
  availability: string('Availability of the node: "active", "pause" or "drain"', {
    shownDefault: 'active',
    complete: 'node-availability',
  }),
  dataPathAddr: string('Address or interface for the traffic of containers, IP|INTERFACE', { since: '1.31' }),
  listenAddr: value('node-addr', 'Address to listen on, IP|INTERFACE[:PORT]', listenAddress, {
    shownDefault: defaultListenAddress,
  }),
}

// Given again, it counts from the one before (docker/cli swarm/opts.go NodeAddrOption).
function listenAddress(text: string, before: string = defaultListenAddress): string {
  return parseTcpAddress(text, before).slice('tcp://'.length)
}

/** An availability as it is sent, empty where it was not given; throws where there is no such. */
export function toAvailability(text: string | undefined): string {
  const availability = text?.toLowerCase() ?? ''
  if (text === undefined || ['active', 'pause', 'drain'].includes(availability)) return availability
  throw cliError(`invalid availability ${quote(text)}, only active, pause and drain are supported`)
}
