import { compareStrings } from '../go/strings.ts'
import type { PortSummary } from '../engine/types/container.ts'
import { formatIp, type IpAddress, parseIp } from '../parse/ip.ts'

interface Group {
  readonly ip: string
  readonly type: string
  first: number
  last: number
}

/**
 * All ports in one text: `0.0.0.0:80-81->80-81/tcp, 9988/tcp, 0.0.0.0:8080->90/tcp`. Neighbouring ports that are
 * published under their own number, or not at all, are one range (docker/cli formatter.DisplayablePorts).
 */
export function displayPorts(ports: readonly Partial<PortSummary>[]): string {
  const groups = new Map<string, Group>()
  const closed: string[] = []
  const mapped: string[] = []
  for (const { ip, port, hostPort, type } of ports.map(normalize).toSorted(compare)) {
    const host = ip === undefined ? '' : formatIp(ip)
    if (ip !== undefined && hostPort !== port) {
      mapped.push(`${joinHostPort(host, hostPort)}->${port}/${type}`)
      continue
    }
    const key = `${host}/${type}`
    const group = groups.get(key)
    if (group !== undefined && port === group.last + 1) {
      group.last = port
      continue
    }
    if (group !== undefined) closed.push(groupText(group))
    groups.set(key, { ip: host, type, first: port, last: port })
  }
  return [...closed, ...[...groups.values()].map(groupText), ...mapped].join(', ')
}

/** An address and a port, IPv6 in brackets. */
export function joinHostPort(host: string, port: string | number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

interface NormalPort {
  ip: IpAddress | undefined
  port: number
  hostPort: number
  type: string
}

function normalize({ IP = '', PrivatePort = 0, PublicPort = 0, Type = '' }: Partial<PortSummary>): NormalPort {
  return { ip: IP === '' ? undefined : parseIp(IP), port: PrivatePort, hostPort: PublicPort, type: Type }
}

function compare(a: NormalPort, b: NormalPort): number {
  return a.port - b.port || compareIps(a.ip, b.ip) || a.hostPort - b.hostPort || compareStrings(a.type, b.type)
}

/** None first, then IPv4, then IPv6. */
function compareIps(a: IpAddress | undefined, b: IpAddress | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return a.bytes.length - b.bytes.length || Buffer.compare(Buffer.from(a.bytes), Buffer.from(b.bytes))
}

function groupText({ ip, type, first, last }: Group): string {
  const range = first === last ? String(first) : `${first}-${last}`
  return ip === '' ? `${range}/${type}` : `${joinHostPort(ip, range)}->${range}/${type}`
}
