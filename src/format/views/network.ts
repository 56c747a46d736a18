import type { NetworkSummary } from '../../engine/types/network.ts'
import { parseRFC3339, timeString, unix } from '../../go/time.ts'
import { method, methods, str, value, type Value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import type { ListView } from '../formatter.ts'
import { shortId } from '../text.ts'
import { labelList, labelText } from './labels.ts'

/** How networks are listed. */
export const networkView: ListView = {
  header: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
  template: networkTemplate,
  configKey: 'networksFormat',
}

/** The template that `format` stands for (docker/cli command/network newFormat). */
function networkTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table')
    return quiet ? '{{.ID}}' : 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}'
  if (format !== 'raw') return format
  const id = 'network_id: {{.ID}}'
  return quiet ? id : `${id}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n`
}

interface Row {
  readonly network: NetworkSummary
  readonly noTrunc: boolean
  readonly zone: Zone
}

const networkContext = methods<Row>(
  '*network.networkContext',
  {
    ID: ({ network, noTrunc }) => (noTrunc ? network.Id : shortId(network.Id)),
    Name: ({ network }) => network.Name,
    Driver: ({ network }) => network.Driver,
    Scope: ({ network }) => network.Scope,
    IPv4: ({ network }) => String(network.EnableIPv4 ?? false),
    IPv6: ({ network }) => String(network.EnableIPv6 ?? false),
    Internal: ({ network }) => String(network.Internal ?? false),
    Labels: ({ network }) => labelList(network.Labels),
    Label: method(str, ({ network }: Row, name: string) => labelText(network.Labels, name), str),
    CreatedAt: ({ network, zone }) => timeString(parseRFC3339(network.Created, zone) ?? unix(0)),
  },
  ['trunc', 'n'],
)

/** The rows of a list. */
export function networkRows(networks: readonly NetworkSummary[], options: { noTrunc: boolean; zone: Zone }): Value[] {
  return networks.map((network) => value(networkContext, { network, ...options }))
}
