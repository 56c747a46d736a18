import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { capitalized } from './swarm-text.ts'

/** What a daemon says of a certificate authority. */
export interface TlsInfo {
  readonly TrustRoot?: string
  readonly CertIssuerSubject?: string
  readonly CertIssuerPublicKey?: string
}

/** What views of nodes are made from; the daemon's own shape. */
export interface ListedNode {
  ID: string
  CreatedAt?: string
  Spec?: { Name?: string; Labels?: Record<string, string> | null; Availability?: string }
  Description?: {
    Hostname?: string
    Platform?: { Architecture?: string; OS?: string }
    Resources?: { NanoCPUs?: number; MemoryBytes?: number }
    Engine?: {
      EngineVersion?: string
      Labels?: Record<string, string> | null
      Plugins?: { Type?: string; Name?: string }[] | null
    }
    TLSInfo?: TlsInfo
  }
  Status?: { State?: string; Message?: string; Addr?: string }
  ManagerStatus?: { Leader?: boolean; Reachability?: string; Addr?: string } | null
}

/** What a list of nodes needs to know of the daemon that gave it. */
export interface SwarmState {
  readonly NodeID?: string
  readonly Cluster?: { readonly TLSInfo?: TlsInfo } | null
}

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
  readonly node: ListedNode
  readonly swarm: SwarmState
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
export function nodeRows(nodes: readonly ListedNode[], swarm: SwarmState): Value[] {
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
