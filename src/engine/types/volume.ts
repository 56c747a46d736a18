/** What makes a volume. */
export interface VolumeCreateBody {
  Name?: string
  Driver?: string
  DriverOpts?: Record<string, string>
  Labels?: Record<string, string>
  ClusterVolumeSpec?: ClusterVolumeSpec
}

/** A volume that a swarm's plugin provides. */
export interface ClusterVolumeSpec {
  Group?: string
  AccessMode: { Scope: string; Sharing: string; MountVolume?: object; BlockVolume?: object }
  AccessibilityRequirements: { Requisite?: Topology[]; Preferred?: Topology[] }
  CapacityRange: { RequiredBytes: number | bigint; LimitBytes: number | bigint }
  Secrets?: { Key: string; Secret: string }[]
  Availability: string
}

/** A place that a volume can be reached from. */
export interface Topology {
  Segments: Record<string, string>
}

/** A volume as the daemon describes it. */
export interface Volume {
  Name: string
  Driver: string
  Mountpoint: string
  CreatedAt?: string
  Scope: string
  Labels: Record<string, string> | null
  Options: Record<string, string> | null
  Status?: Record<string, unknown>
  UsageData?: { Size: number; RefCount: number } | null
  ClusterVolume?: {
    ID: string
    Version: { Index: number } | null
    Spec: ClusterVolumeSpec
    Info?: { VolumeID?: string } | null
    /** Where it is published, a member for each node. */
    PublishStatus?: unknown[] | null
  } | null
}

/** What a prune removed, and the bytes it freed. */
export interface PruneVolumesReport {
  VolumesDeleted: string[] | null
  SpaceReclaimed: number
}
