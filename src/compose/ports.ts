import { dictionary } from '../go/dictionary.ts'
import { parseUnsigned } from '../go/int.ts'
import { cut } from '../parse/cut.ts'
import { parsePortMapping, type PortMapping } from '../parse/port.ts'
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
  const mappings = parsePortMapping(spec).toSorted((a, b) => (a.port < b.port ? -1 : a.port > b.port ? 1 : 0))
  return mappings.flatMap((mapping) => {
    warnOfAddress(mapping, warn)
    const { before: target, after: protocol } = cut(mapping.port, '/')
    return publishedPorts(mapping, target).map((published) =>
      dictionary<YamlValue>({ mode: 'ingress', target: BigInt(target), published, protocol }),
    )
  })
}

function warnOfAddress({ hostIp, hostPort, port }: PortMapping, warn: (message: string) => void): void {
  if (hostIp === '' || /^(0\.0\.0\.0|[:0]+)$/.test(hostIp)) return
  const address = hostIp.includes(':') ? `[${hostIp}]` : hostIp
  warn(`ignoring IP-address (${address}:${hostPort}:${port}) service will listen on '0.0.0.0'`)
}

function publishedPorts({ hostPort }: PortMapping, target: string): bigint[] {
  const { before: first, after, found } = cut(hostPort || '0', '-')
  const last = found ? after : first
  try {
    const [start, end] = [first, last].map((text) => Number(parseUnsigned(text, { bits: 16 }))) as [number, number]
    if (end >= start) return Array.from({ length: end - start + 1 }, (_, index) => BigInt(start + index))
  } catch {
    // Said below.
  }
  throw new Error(`invalid hostport binding (${hostPort}) for port (${target})`)
}

function invalidType(value: YamlValue): Error {
  return new Error(`invalid type ${goType(value)} for port`)
}
