import type { SwarmInfo } from '../../engine/types/swarm-info.ts'
import type { SwarmNode, TlsInfo } from '../../engine/types/swarm.ts'
import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { capitalized } from './swarm-text.ts'

/** How nodes are listed. */
export const nodeView: ListView = {
  header: {
    ID: 'ID',
    Self: '',
    Hostname: 'HOSTNAME',
    Status: 'STATUS',
    Availability: 'AVAILABILITY',
    ManagerStatus: 'MANAGER STATUS',
    EngineVersion: 'ENGINE VERSION',
    TLSStatus: 'TLS STATUS',
  },
  template: nodeTemplate,
  configKey: 'nodesFormat',
}

/** The template that `format` stands for (docker/cli command/node newFormat). */
function nodeTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') {
    return quiet
      ? '{{.ID}}'
      : 'table {{.ID}} {{if .Self}}*{{else}} {{ end }}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}'
  }
  if (format !== 'raw') return format
  return quiet
    ? 'node_id: {{.ID}}'
    : 'node_id: {{.ID}}\\nhostname: {{.Hostname}}\\nstatus: {{.Status}}\\navailability: {{.Availability}}\\nmanager_status: {{.ManagerStatus}}\\n'
}

interface Row {
  readonly node: SwarmNode
  readonly swarm: Partial<SwarmInfo>
}

const nodeMethods = methods<Row>(
  '*node.nodeContext',
  {
    ID: ({ node }) => node.ID,
    Self: ({ node, swarm }) => node.ID === (swarm.NodeID ?? ''),
    Hostname: ({ node }) => node.Description?.Hostname ?? '',
    Status: ({ node }) => capitalized(node.Status?.State),
    Availability: ({ node }) => capitalized(node.Spec?.Availability),
    ManagerStatus: ({ node: { ManagerStatus: manager } }) =>
      manager?.Leader ? 'Leader' : capitalized(manager?.Reachability),
    TLSStatus: ({ node, swarm }) => tlsStatus(node.Description?.TLSInfo, swarm.Cluster?.TLSInfo),
    EngineVersion: ({ node }) => node.Description?.Engine?.EngineVersion ?? '',
  },
  ['n', 'info'],
)

/** The rows of a list. */
export function nodeRows(nodes: readonly SwarmNode[], swarm: Partial<SwarmInfo>): Value[] {
  return nodes.map((node) => value(nodeMethods, { node, swarm }))
}

const tlsFields = ['TrustRoot', 'CertIssuerSubject', 'CertIssuerPublicKey'] as const

/** Whether there is nothing in a node's TLS information. */
export function isEmptyTls(info: TlsInfo | undefined): boolean {
  return tlsFields.every((name) => !info?.[name])
}

function tlsStatus(own: TlsInfo | undefined, cluster: TlsInfo | undefined): string {
  if (isEmptyTls(own) || isEmptyTls(cluster)) return 'Unknown'
  return tlsFields.every((name) => (own?.[name] ?? '') === (cluster?.[name] ?? '')) ? 'Ready' : 'Needs Rotation'
}
