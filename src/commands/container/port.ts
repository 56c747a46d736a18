import { between, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import type { PortMap } from '../../engine/types/network.ts'
import { cut } from '../../parse/cut.ts'
import { NumberError, parseUnsigned } from '../../go/int.ts'
import { formatIp, parseIp } from '../../parse/ip.ts'
import { compareNatural } from '../../format/natural.ts'
import { joinHostPort } from '../../format/ports.ts'

export default command({
  path: ['container port', 'port'],
  summary: "List a container's port mappings, or look up one of them",
  args: between(1, 2, 'CONTAINER [PRIVATE_PORT[/PROTO]]'),
  complete: 'container-running',
  async run({ engine, out, signal }, { args }) {
    const [id = '', port = ''] = args
    const { containers } = await engine()
    const { NetworkSettings } = await containers.inspect(id, { signal })
    const ports = NetworkSettings?.Ports ?? {}
    const lines = port === '' ? allBindings(ports) : bindingsOf(ports, port, id)
    out.write(
      lines
        .toSorted(compareNatural)
        .map((line) => `${line}\n`)
        .join(''),
    )
  },
})

/** Gives `80/tcp -> 0.0.0.0:8080` for every binding. */
export function allBindings(ports: PortMap): string[] {
  return Object.keys(ports).flatMap((port) => addresses(ports, port).map((address) => `${port} -> ${address}`))
}

/** Gives the host's addresses of one port, TCP unless it says otherwise; throws when it is not published. */
export function bindingsOf(ports: PortMap, port: string, id: string): string[] {
  const name = portName(port)
  const found = addresses(ports, name)
  if (found.length === 0) throw cliError(`no public port '${port}' published for ${id}`)
  return found
}

function addresses(ports: PortMap, port: string): string[] {
  return (ports[port] ?? []).map(({ HostIp = '', HostPort = '' }) => {
    const ip = HostIp === '' ? 'invalid IP' : formatIp(parseIp(HostIp))
    return joinHostPort(ip, HostPort)
  })
}

/** Takes `80`, `80/tcp` or `80/TCP` and gives `80/tcp` (moby api/types/network ParsePort). */
function portName(text: string): string {
  const { before, after } = cut(text, '/')
  const refuse = (reason: string) => cliError(`invalid port '${before}': ${reason}`)
  if (before === '') throw refuse('value is empty')
  try {
    return `${parseUnsigned(before, { bits: 16 })}/${after.toLowerCase() || 'tcp'}`
  } catch (error) {
    throw refuse((error as NumberError).reason)
  }
}
