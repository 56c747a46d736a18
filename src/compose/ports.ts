import { dictionary } from '../go/dictionary.ts'
import { compareStrings } from '../go/strings.ts'
import { parsePortMapping, type PortMapping } from '../parse/port.ts'
import { toServicePorts } from '../parse/swarm-port.ts'
import { goType, isMap, type YamlMap, type YamlValue } from './values.ts'

/**
 * Turns the short forms in a list of ports, numbers and `[[ip:]published:]target[/protocol]`, into long ones: a range becomes several.
 * An address is not kept, which `warn` says (docker/cli toServicePortConfigs).
 */
export function readPorts(value: YamlValue, warn: (message: string) => void): YamlValue {
  if (!Array.isArray(value)) throw invalidType(value)
  return value.flatMap((entry): YamlMap[] => {
    if (isMap(entry)) return [entry]
    if (typeof entry !== 'bigint' && typeof entry !== 'string') throw invalidType(entry)
    return longForms(String(entry), warn)
  })
}

function longForms(spec: string, warn: (message: string) => void): YamlMap[] {
  // In the order of their texts: 100/tcp comes before 99/tcp.
  const mappings = parsePortMapping(spec).toSorted((a, b) => compareStrings(a.port, b.port))
  return mappings.flatMap((mapping) => {
    warnOfAddress(mapping, warn)
    return toServicePorts(mapping).map(({ PublishMode, TargetPort, PublishedPort, Protocol }) =>
      dictionary<YamlValue>({
        mode: PublishMode,
        target: BigInt(TargetPort),
        published: BigInt(PublishedPort),
        protocol: Protocol,
      }),
    )
  })
}

function warnOfAddress({ hostIp, hostPort, port }: PortMapping, warn: (message: string) => void): void {
  if (hostIp === '' || /^(0\.0\.0\.0|[:0]+)$/.test(hostIp)) return
  const address = hostIp.includes(':') ? `[${hostIp}]` : hostIp
  warn(`ignoring IP-address (${address}:${hostPort}:${port}) service will listen on '0.0.0.0'`)
}

function invalidType(value: YamlValue): Error {
  return new Error(`invalid type ${goType(value)} for port`)
}
