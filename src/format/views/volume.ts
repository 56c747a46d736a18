import type { Volume } from '../../engine/types/volume.ts'
import { method, methods, str, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { humanSize } from '../human.ts'
import { labelList, labelText } from './labels.ts'

/** How volumes are listed. */
export const volumeView: ListView = {
  header: {
    ID: 'ID',
    Name: 'VOLUME NAME',
    Group: 'GROUP',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Availability: 'AVAILABILITY',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Status: 'STATUS',
  },
  template: volumeTemplate,
  configKey: 'volumesFormat',
}

/** What `volume ls --cluster` shows. */
export const clusterFormat = 'table {{.Name}}\t{{.Group}}\t{{.Driver}}\t{{.Availability}}\t{{.Status}}'

/** The template that `format` stands for (docker/cli formatter.NewVolumeFormat). */
function volumeTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}'
  if (format !== 'raw') return format
  return quiet ? 'name: {{.Name}}' : 'name: {{.Name}}\ndriver: {{.Driver}}\n'
}

const volumeContext = methods<Volume>(
  '*formatter.volumeContext',
  {
    Name: (volume) => volume.Name,
    Driver: (volume) => volume.Driver,
    Scope: (volume) => volume.Scope,
    Mountpoint: (volume) => volume.Mountpoint,
    Labels: (volume) => labelList(volume.Labels),
    Label: method(str, (volume: Volume, name: string) => labelText(volume.Labels, name), str),
    Links: (volume) => (volume.UsageData ? String(volume.UsageData.RefCount) : 'N/A'),
    Size: (volume) => (volume.UsageData ? humanSize(volume.UsageData.Size) : 'N/A'),
    Group: ({ ClusterVolume: cluster }) => (cluster ? (cluster.Spec.Group ?? '') : 'N/A'),
    Availability: ({ ClusterVolume: cluster }) => (cluster ? (cluster.Spec.Availability ?? '') : 'N/A'),
    Status: ({ ClusterVolume: cluster }) => (cluster ? clusterStatus(cluster) : 'N/A'),
  },
  ['v'],
)

function clusterStatus({ Info, PublishStatus }: NonNullable<Volume['ClusterVolume']>): string {
  if (!Info?.VolumeID) return 'pending creation'
  const nodes = PublishStatus?.length ?? 0
  if (nodes === 0) return 'created'
  return nodes === 1 ? 'in use (1 node)' : `in use (${nodes} nodes)`
}

/** The rows of a list. */
export function volumeRows(volumes: readonly Volume[]): Value[] {
  return volumes.map((volume) => value(volumeContext, volume))
}
