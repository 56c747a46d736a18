import { time } from '../go/time.ts'
import { field, map, method, str, struct, uint64 } from '../go/types.ts'

/** Go's swarm.Version. */
export const version = struct(
  'swarm.Version',
  {
    Index: field(uint64, ',omitempty'),
  },
  { String: method(str, (version: { Index?: number }) => String(version.Index ?? 0)) },
)

/** Go's swarm.Meta. */
export const meta = struct('swarm.Meta', {
  Version: field(version, ',omitempty'),
  CreatedAt: field(time, ',omitempty'),
  UpdatedAt: field(time, ',omitempty'),
})

/** Go's swarm.Annotations. */
export const annotations = struct('swarm.Annotations', {
  Name: field(str, ',omitempty'),
  Labels: map(str, str),
})

/** Go's swarm.Platform. */
export const swarmPlatform = struct('swarm.Platform', {
  Architecture: field(str, ',omitempty'),
  OS: field(str, ',omitempty'),
})

/** Go's swarm.Driver. */
export const swarmDriver = struct('swarm.Driver', {
  Name: field(str, ',omitempty'),
  Options: field(map(str, str), ',omitempty'),
})

/** Go's swarm.Topology. */
export const swarmTopology = struct('swarm.Topology', {
  Segments: field(map(str, str), ',omitempty'),
})
