import { parseCsv } from '../go/csv.ts'
import { NumberError, parseUnsigned } from '../go/int.ts'
import { cut } from './cut.ts'
import { parsePortMapping, type PortMapping } from './port.ts'

/** A port that a service publishes; 0 lets the swarm choose the published one. */
export interface ServicePort {
  Protocol: string
  TargetPort: number
  PublishedPort: number
  PublishMode: string
}

/**
 * Takes a service's `--publish` as `[published:]target[/protocol]`, ports as numbers or ranges, or as `target=80,published=8080,
 * protocol=tcp,mode=ingress`, and gives each port that it publishes (docker/cli opts/swarmopts/port.go).
 */
export function parseServicePort(text: string): ServicePort[] {
  return /\w=\w/.test(text) ? [parseLong(text)] : parseShort(text)
}

function parseLong(text: string): ServicePort {
  const port: ServicePort = { Protocol: 'tcp', TargetPort: 0, PublishedPort: 0, PublishMode: 'ingress' }
  for (const field of parseCsv(text)) {
    const { before: key, after: value, found } = cut(field.toLowerCase(), '=')
    if (!found || key === '') throw new Error(`invalid field: ${field}`)
    setField(port, key, value)
  }
  if (port.TargetPort === 0) throw new Error("missing mandatory field 'target'")
  return port
}

function setField(port: ServicePort, key: string, value: string): void {
  switch (key) {
    case 'protocol':
      if (!['tcp', 'udp', 'sctp'].includes(value)) throw new Error(`invalid protocol value '${value}'`)
      port.Protocol = value
      break
    case 'mode':
      if (value !== 'ingress' && value !== 'host') {
        throw new Error(`invalid publish mode value (${value}): must be either 'ingress' or 'host'`)
      }
      port.PublishMode = value
      break
    case 'target':
      port.TargetPort = parseNumber(key, value)
      break
    case 'published':
      port.PublishedPort = parseNumber(key, value)
      break
    default:
      throw new Error(`invalid field key: ${key}`)
  }
}

function parseNumber(key: string, value: string): number {
  try {
    return Number(parseUnsigned(value, { bits: 16 }))
  } catch (error) {
    throw new Error(`invalid ${key} port (${value}): value must be an integer: ${(error as NumberError).reason}`)
  }
}

function parseShort(text: string): ServicePort[] {
  const mappings = parsePortMapping(text)
  if (mappings.some(({ hostIp }) => hostIp !== '')) throw new Error('hostip is not supported')
  return mappings.flatMap(toServicePorts)
}

/** The ports of a service that a container's port mapping stands for; its address is left out. */
export function toServicePorts({ port, hostPort }: PortMapping): ServicePort[] {
  const { before: target, after: protocol } = cut(port, '/')
  return published(hostPort).map((PublishedPort) => ({
    Protocol: protocol,
    TargetPort: Number(target),
    PublishedPort,
    PublishMode: 'ingress',
  }))
}

/** A range published for one port publishes that port many times. */
function published(hostPort: string): number[] {
  if (hostPort === '') return [0]
  const { before, after, found } = cut(hostPort, '-')
  const first = Number(before)
  const last = found ? Number(after) : first
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
