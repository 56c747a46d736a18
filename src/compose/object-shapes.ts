import { labels, size, text, textMap, texts, truth } from './kinds.ts'
import { list, mapOf, set, short, struct, type Kind } from './shape.ts'
import type { ClusterVolumeSpec, External, FileObjectConfig, NetworkConfig, Topology, VolumeConfig } from './types.ts'
import { dictionary } from '../go/dictionary.ts'
import { isMap, type YamlValue } from './values.ts'

const externalFields = struct<External>({ name: text, external: truth })

/** `true`, or a mapping, which says the deprecated name of the object. */
const external: Kind<External> = {
  ...short(externalFields, (value) =>
    isMap(value)
      ? dictionary<YamlValue>({ external: true, name: value.name ?? null })
      : dictionary<YamlValue>({ external: value }),
  ),
  write: (value) => (value.name ? externalFields.write({ name: value.name }) : (value.external ?? false)),
}

type Pool = { subnet?: string }
const poolFields = struct<Pool>({ subnet: text })
const pool: Kind<Pool | null> = {
  ...poolFields,
  write: (value) => value && poolFields.write(value),
  isEmpty: (value) => value === null,
  merge: (base, override) => override ?? base,
}
const network = struct<Omit<NetworkConfig, 'extras'>>({
  name: text,
  driver: text,
  driver_opts: textMap,
  ipam: struct<NonNullable<NetworkConfig['ipam']>>({ driver: text, config: list(pool) }),
  external,
  internal: truth,
  attachable: truth,
  labels,
})

const topologies = list(struct<Topology>({ segments: labels }))
type AccessMode = NonNullable<ClusterVolumeSpec['access_mode']>
const clusterVolume = struct<ClusterVolumeSpec>({
  group: text,
  access_mode: set(
    struct<AccessMode>({
      scope: text,
      sharing: text,
      mount_volume: set(struct<NonNullable<AccessMode['mount_volume']>>({ fs_type: text, mount_flags: texts })),
      block_volume: set(struct<Record<string, never>>({})),
    }),
  ),
  accessibility_requirements: set(
    struct<NonNullable<ClusterVolumeSpec['accessibility_requirements']>>({
      requisite: topologies,
      preferred: topologies,
    }),
  ),
  capacity_range: set(
    struct<NonNullable<ClusterVolumeSpec['capacity_range']>>({ required_bytes: size, limit_bytes: size }),
  ),
  secrets: list(struct<{ key?: string; secret?: string }>({ key: text, secret: text })),
  availability: text,
})

const volume = struct<Omit<VolumeConfig, 'extras'>>({
  name: text,
  driver: text,
  driver_opts: textMap,
  external,
  labels,
  'x-cluster-spec': { kind: set(clusterVolume), as: 'x-cluster-spec' },
})

const fileObject = struct<Omit<FileObjectConfig, 'extras'>>({
  name: text,
  file: text,
  external,
  labels,
  driver: text,
  driver_opts: textMap,
  template_driver: text,
})

export const networksShape = mapOf<Omit<NetworkConfig, 'extras'>>(network, () => ({}))
export const volumesShape = mapOf<Omit<VolumeConfig, 'extras'>>(volume, () => ({}))
export const fileObjectsShape = mapOf<Omit<FileObjectConfig, 'extras'>>(fileObject, () => ({}))
