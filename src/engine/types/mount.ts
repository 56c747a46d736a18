/** What is mounted. */
export type MountType = 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image'

/** The driver that makes a volume, and its options. */
export interface MountDriver {
  Name?: string | undefined
  Options?: Record<string, string> | undefined
}

/** A file system to put into a container, as `--mount` describes it. */
export interface Mount {
  /** A MountType; what is none of them is the daemon's to refuse. */
  Type?: string | undefined
  Source?: string | undefined
  Target?: string | undefined
  ReadOnly?: boolean | undefined
  Consistency?: string | undefined
  BindOptions?:
    | {
        Propagation?: string | undefined
        NonRecursive?: boolean | undefined
        CreateMountpoint?: boolean | undefined
        ReadOnlyNonRecursive?: boolean | undefined
        ReadOnlyForceRecursive?: boolean | undefined
      }
    | undefined
  VolumeOptions?:
    | {
        NoCopy?: boolean | undefined
        Labels?: Record<string, string> | undefined
        Subpath?: string | undefined
        DriverConfig?: MountDriver | undefined
      }
    | undefined
  ImageOptions?: { Subpath?: string | undefined } | undefined
  TmpfsOptions?:
    | { SizeBytes?: number | undefined; Mode?: number | undefined; Options?: string[][] | undefined }
    | undefined
  ClusterOptions?: Record<string, never> | undefined
}
