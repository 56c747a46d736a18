import { compareStrings } from '../../go/strings.ts'
import { atMost, command } from '../../cli/command.ts'
import { bytes, list, map, type Options, string } from '../../cli/flags.ts'
import type { ClusterVolumeSpec, Topology, VolumeCreateBody } from '../../engine/types/volume.ts'
import { parseLabel, toMap } from '../../parse/key-value.ts'

const cluster = { since: '1.42', swarm: 'manager' }

const flags = {
  availability: string('Cluster volume availability: "active", "pause" or "drain"', {
    ...cluster,
    shownDefault: 'active',
    complete: 'node-availability',
  }),
  driver: string('Volume driver', { short: 'd', shownDefault: 'local', complete: 'volume-drivers' }),
  group: string('Cluster volume group', cluster),
  label: list('Metadata label, KEY or KEY=VALUE', { read: parseLabel }),
  limitBytes: bytes('Cluster volume size limit in bytes', cluster),
  name: string('Name of the volume', { hidden: true }),
  opt: map('Volume driver option, KEY=VALUE', { short: 'o' }),
  requiredBytes: bytes('Cluster volume minimum size in bytes', cluster),
  scope: string('Cluster volume access scope: "single" or "multi" node', {
    ...cluster,
    shownDefault: 'single',
  }),
  secret: map('Cluster volume secret', cluster),
  sharing: string('Cluster volume sharing: "none", "readonly", "onewriter" or "all"', {
    ...cluster,
    shownDefault: 'none',
  }),
  topologyPreferred: list('Cluster volume preferred topology', cluster),
  topologyRequired: list('Cluster volume required topology', cluster),
  type: string('Cluster volume access type: "mount" or "block"', { ...cluster, shownDefault: 'block' }),
}

/** What `volume create` sends; a flag about clusters makes it a cluster volume (docker/cli command/volume/create.go). */
export function toRequest(name: string | undefined, options: Options<typeof flags>): VolumeCreateBody {
  if (name !== undefined && options.name) {
    throw new Error('conflicting options: cannot specify a volume-name through both --name and as a positional arg')
  }
  const chosen = name ?? options.name
  const clusterOnes = ['group', 'scope', 'sharing', 'availability', 'type', 'limitBytes', 'requiredBytes'] as const
  return {
    ...(chosen ? { Name: chosen } : {}),
    Driver: options.driver ?? 'local',
    ...(options.opt === undefined ? {} : { DriverOpts: options.opt }),
    ...(options.label === undefined ? {} : { Labels: toMap(options.label) }),
    ...(clusterOnes.some((key) => options[key] !== undefined) ? { ClusterVolumeSpec: toClusterSpec(options) } : {}),
  }
}

function toClusterSpec(options: Options<typeof flags>): ClusterVolumeSpec {
  const type = options.type ?? 'block'
  const secrets = Object.entries(options.secret ?? {}).toSorted(([a], [b]) => compareStrings(a, b))
  return {
    ...(options.group ? { Group: options.group } : {}),
    AccessMode: {
      Scope: options.scope ?? 'single',
      Sharing: options.sharing ?? 'none',
      ...(type === 'mount' ? { MountVolume: {} } : {}),
      ...(type === 'block' ? { BlockVolume: {} } : {}),
    },
    AccessibilityRequirements: {
      ...(options.topologyRequired ? { Requisite: options.topologyRequired.map(toTopology) } : {}),
      ...(options.topologyPreferred ? { Preferred: options.topologyPreferred.map(toTopology) } : {}),
    },
    CapacityRange: { RequiredBytes: options.requiredBytes ?? 0, LimitBytes: options.limitBytes ?? 0 },
    ...(secrets.length > 0 ? { Secrets: secrets.map(([Key, Secret]) => ({ Key, Secret })) } : {}),
    Availability: options.availability ?? 'active',
  }
}

function toTopology(text: string): Topology {
  return { Segments: toMap(text.split(',')) }
}

export default command({
  path: ['volume create'],
  summary: 'Create a volume',
  args: atMost(1, '[VOLUME]'),
  flags,
  async run({ engine, out, signal }, { args, options }) {
    const body = toRequest(args[0], options)
    const { volumes } = await engine()
    out.line((await volumes.create(body, { signal })).Name)
  },
})
