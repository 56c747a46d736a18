import type { SwarmNode } from '../../engine/types/swarm.ts'
import { parseRFC3339, timeString } from '../../go/time.ts'
import { binarySize } from '../human.ts'
import { isEmptyTls } from './node.ts'
import { capitalized } from './swarm-text.ts'

/** What `node inspect --pretty` prints of a node (docker/cli command/node nodeInspectPrettyTemplate). */
export function prettyNode(node: SwarmNode): string {
  const { Spec: spec, Status: status, Description: about, ManagerStatus: manager } = node
  const { Resources: resources, Engine: engine, TLSInfo: tls } = about ?? {}
  const lines = [
    `ID:\t\t\t${node.ID}`,
    ...(spec?.Name ? [`Name:\t\t\t${spec.Name}`] : []),
    ...labelLines('Labels:', spec?.Labels),
    `Hostname:              \t${about?.Hostname ?? ''}`,
    `Joined at:             \t${joinedAt(node.CreatedAt)}`,
    'Status:',
    ` State:\t\t\t${capitalized(status?.State)}`,
    ...(status?.Message ? [` Message:              \t${capitalized(status.Message)}`] : []),
    ` Availability:         \t${capitalized(spec?.Availability)}`,
    ...(status?.Addr ? [` Address:\t\t${status.Addr}`] : []),
  ]
  if (manager) {
    lines.push('Manager Status:', ` Address:\t\t${manager.Addr ?? ''}`)
    lines.push(` Raft Status:\t\t${capitalized(manager.Reachability)}`, ` Leader:\t\t${manager.Leader ? 'Yes' : 'No'}`)
  }
  lines.push(
    'Platform:',
    ` Operating System:\t${about?.Platform?.OS ?? ''}`,
    ` Architecture:\t\t${about?.Platform?.Architecture ?? ''}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc((resources?.NanoCPUs ?? 0) / 1e9)}`,
    ` Memory:\t\t${resources?.MemoryBytes ? binarySize(resources.MemoryBytes) : ''}`,
    ...pluginLines(engine?.Plugins ?? []),
    `Engine Version:\t\t${engine?.EngineVersion ?? ''}`,
    ...labelLines('Engine Labels:', engine?.Labels),
  )
  if (tls !== undefined && !isEmptyTls(tls)) {
    lines.push('TLS Info:', ' TrustRoot:', tls.TrustRoot ?? '')
    lines.push(
      ` Issuer Subject:\t${tls.CertIssuerSubject ?? ''}`,
      ` Issuer Public Key:\t${tls.CertIssuerPublicKey ?? ''}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function labelLines(title: string, labels: Record<string, string> | null | undefined): string[] {
  const names = Object.keys(labels ?? {}).toSorted()
  return names.length === 0
    ? []
    : [title, ...names.map((name) => ` - ${name}${labels?.[name] ? `=${labels[name]}` : ''}`)]
}

function pluginLines(plugins: readonly { Type?: string; Name?: string }[]): string[] {
  if (plugins.length === 0) return []
  const names = new Map<string, string[]>()
  for (const { Type = '', Name = '' } of plugins) names.set(Type, [...(names.get(Type) ?? []), Name])
  const lines = [...names.keys()].toSorted().map((type) => {
    const joined = names.get(type)?.join(', ')
    return ` ${type}:${joined ? `\t\t${joined}` : ''}`
  })
  return ['Plugins:', ...lines]
}

function joinedAt(text: string | undefined): string {
  return timeString(parseRFC3339(text || '0001-01-01T00:00:00Z')!)
}
