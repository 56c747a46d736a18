import type { ServiceVolume, VolumeConfig } from '../../../compose/types.ts'
import type { Sendable } from '../../../engine/sendable.ts'
import type { Mount } from '../../../engine/types/mount.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { quote } from '../../../go/quote.ts'
import { scoped, withStackLabel } from '../_namespace.ts'

type Option = 'bind' | 'volume' | 'image' | 'tmpfs' | 'cluster'
type StackVolumes = Readonly<Record<string, VolumeConfig>>

/** One type of mount. */
interface Kind {
  readonly source: 'needed' | 'refused' | 'optional'
  /** The options that only other types take, in the order they are looked for. */
  readonly refuses: readonly Option[]
  convert(volume: ServiceVolume, stack: string, volumes: StackVolumes): Sendable<Mount>
}

const kinds: Readonly<Record<string, Kind>> = {
  volume: { source: 'optional', refuses: ['image', 'tmpfs', 'bind', 'cluster'], convert: namedVolume },
  image: {
    source: 'needed',
    refuses: ['volume', 'bind', 'tmpfs', 'cluster'],
    convert: ({ image }) => (image ? { ImageOptions: { Subpath: image.subpath } } : {}),
  },
  bind: { source: 'needed', refuses: ['volume', 'image', 'tmpfs', 'cluster'], convert: bindOptions },
  tmpfs: {
    source: 'refused',
    refuses: ['bind', 'volume', 'image', 'cluster'],
    convert: ({ tmpfs }) => (tmpfs ? { TmpfsOptions: { SizeBytes: tmpfs.size } } : {}),
  },
  npipe: { source: 'needed', refuses: ['volume', 'image', 'tmpfs'], convert: bindOptions },
  cluster: { source: 'needed', refuses: ['tmpfs', 'bind', 'volume'], convert: clusterVolume },
}

/**
 * The mount that a service's volume becomes; `volumes` are those of the stack. Throws where it does not fit its type or names
 * a volume that the stack does not have (docker/cli cli/compose/convert/volume.go).
 */
export function toMount(stack: string, volumes: StackVolumes, from: ServiceVolume): Sendable<Mount> {
  const type = from.type || 'volume'
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined) throw cliError('volume type must be volume, bind, tmpfs, npipe, or cluster')
  if (kind.source === 'needed' && !from.source) throw cliError(`invalid ${type} source, source cannot be empty`)
  if (kind.source === 'refused' && from.source) throw cliError(`invalid ${type} source, source must be empty`)
  const refused = kind.refuses.find((option) => from[option] !== undefined)
  if (refused !== undefined)
    throw cliError(`${refused}${plural(type, refused)} options are incompatible with type ${type}`)
  return {
    Type: from.type,
    Target: from.target,
    ReadOnly: from.read_only,
    Source: from.source,
    Consistency: from.consistency,
    ...kind.convert(from, stack, volumes),
  }
}

/** The reference's own wording. */
function plural(type: string, option: Option): string {
  return type === 'volume' && option === 'image' ? 's' : ''
}

function namedVolume({ source, volume: chosen }: ServiceVolume, stack: string, volumes: StackVolumes): Sendable<Mount> {
  if (!source) return {}
  const { name, driver, driver_opts: driverOptions, external, labels } = defined(volumes, source)
  const VolumeOptions = { NoCopy: chosen?.nocopy, Subpath: chosen?.subpath }
  const Source = name || scoped(stack, source)
  if (external?.external) return { Source, VolumeOptions }
  const withDriver = driver || driverOptions ? { DriverConfig: { Name: driver, Options: driverOptions } } : {}
  return { Source, VolumeOptions: { ...VolumeOptions, Labels: withStackLabel(stack, labels), ...withDriver } }
}

function bindOptions({ bind: chosen }: ServiceVolume): Sendable<Mount> {
  return chosen ? { BindOptions: { Propagation: chosen.propagation } } : {}
}

/** A group of cluster volumes belongs to no stack, so that nobody can say whether it is there. */
function clusterVolume({ source = '' }: ServiceVolume, stack: string, volumes: StackVolumes): Sendable<Mount> {
  if (source.startsWith('group:')) return { ClusterOptions: {} }
  return { Source: defined(volumes, source).name || scoped(stack, source), ClusterOptions: {} }
}

function defined(volumes: StackVolumes, name: string): VolumeConfig {
  if (!Object.hasOwn(volumes, name)) throw cliError(`undefined volume ${quote(name)}`)
  return volumes[name]!
}
