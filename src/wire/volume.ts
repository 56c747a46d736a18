import { any, embed, field, int64, map, named, ptr, slice, str, struct } from '../go/types.ts'
import { meta } from './swarm-common.ts'

const scope = named('volume.Scope', str)

const sharingMode = named('volume.SharingMode', str)

const typeMount = struct('volume.TypeMount', {
  FsType: field(str, ',omitempty'),
  MountFlags: field(slice(str), ',omitempty'),
})

const typeBlock = struct('volume.TypeBlock', {})

const accessMode = struct('volume.AccessMode', {
  Scope: field(scope, ',omitempty'),
  Sharing: field(sharingMode, ',omitempty'),
  MountVolume: field(ptr(typeMount), ',omitempty'),
  BlockVolume: field(ptr(typeBlock), ',omitempty'),
})

const topology = struct('volume.Topology', {
  Segments: field(map(str, str), ',omitempty'),
})

const topologyRequirement = struct('volume.TopologyRequirement', {
  Requisite: field(slice(topology), ',omitempty'),
  Preferred: field(slice(topology), ',omitempty'),
})

const capacityRange = struct('volume.CapacityRange', {
  RequiredBytes: int64,
  LimitBytes: int64,
})

const secret = struct('volume.Secret', {
  Key: str,
  Secret: str,
})

const availability = named('volume.Availability', str)

const clusterVolumeSpec = struct('volume.ClusterVolumeSpec', {
  Group: field(str, ',omitempty'),
  AccessMode: field(ptr(accessMode), ',omitempty'),
  AccessibilityRequirements: field(ptr(topologyRequirement), ',omitempty'),
  CapacityRange: field(ptr(capacityRange), ',omitempty'),
  Secrets: field(slice(secret), ',omitempty'),
  Availability: field(availability, ',omitempty'),
})

const publishState = named('volume.PublishState', str)

const publishStatus = struct('volume.PublishStatus', {
  NodeID: field(str, ',omitempty'),
  State: field(publishState, ',omitempty'),
  PublishContext: field(map(str, str), ',omitempty'),
})

const info = struct('volume.Info', {
  CapacityBytes: field(int64, ',omitempty'),
  VolumeContext: field(map(str, str), ',omitempty'),
  VolumeID: field(str, ',omitempty'),
  AccessibleTopology: field(slice(topology), ',omitempty'),
})

const clusterVolume = struct('volume.ClusterVolume', {
  ID: str,
  Meta: embed(meta),
  Spec: clusterVolumeSpec,
  PublishStatus: field(slice(ptr(publishStatus)), ',omitempty'),
  Info: field(ptr(info), ',omitempty'),
})

const usageData = struct('volume.UsageData', {
  RefCount: int64,
  Size: int64,
})

/** Go's volume.Volume. */
export const volume = struct('volume.Volume', {
  ClusterVolume: field(ptr(clusterVolume), ',omitempty'),
  CreatedAt: field(str, ',omitempty'),
  Driver: str,
  Labels: map(str, str),
  Mountpoint: str,
  Name: str,
  Options: map(str, str),
  Scope: str,
  Status: field(map(str, any), ',omitempty'),
  UsageData: field(ptr(usageData), ',omitempty'),
})
