import type { ContainerConfig } from './container.ts'
import type { Descriptor, Platform } from './platform.ts'

/** One part of a multi-platform image. */
export interface ImageManifest {
  ID: string
  Descriptor: Descriptor
  Available: boolean
  Size: { Content: number; Total: number }
  Kind: 'image' | 'attestation' | 'unknown'
  ImageData?: { Platform: Platform; Containers: string[] | null; Size: { Unpacked: number }; Identity?: unknown } | null
  AttestationData?: { For: string } | null
}

/** What a registry has for an image: its digest, and what it runs on. */
export interface DistributionInspect {
  Descriptor: Descriptor
  Platforms: Platform[] | null
}

/** An image in a list. */
export interface ImageSummary {
  Id: string
  ParentId: string
  RepoTags: string[] | null
  RepoDigests: string[] | null
  /** Unix seconds. */
  Created: number
  Size: number
  SharedSize: number
  Labels: Record<string, string> | null
  /** -1 when not counted. */
  Containers: number
  Descriptor?: Descriptor
  Manifests?: ImageManifest[]
  Identity?: unknown
}

/** An image in full. */
export interface ImageInspect {
  Id: string
  RepoTags: string[] | null
  RepoDigests: string[] | null
  Parent?: string
  Comment?: string
  Created?: string
  DockerVersion?: string
  Author?: string
  Config: ContainerConfig | null
  Architecture: string
  Variant?: string
  Os: string
  OsVersion?: string
  Size: number
  GraphDriver?: { Name: string; Data: Record<string, string> | null }
  RootFS: { Type?: string; Layers?: string[] }
  Metadata?: { LastTagTime?: string }
  Descriptor?: Descriptor
  Manifests?: ImageManifest[]
  Identity?: unknown
}

/** An ID that is gone, or a name that was taken away. */
export interface ImageRemoveItem {
  Deleted?: string
  Untagged?: string
}

/** A step that an image was made of; sizes in bytes. */
export interface ImageHistoryItem {
  Id: string
  /** Unix seconds. */
  Created: number
  CreatedBy: string
  Tags: string[] | null
  Size: number
  Comment: string
}

/** A repository that a registry found. */
export interface SearchResult {
  name: string
  description: string
  star_count: number
  is_official: boolean
  is_automated?: boolean
}

/** What a prune removed, and the bytes it freed. */
export interface PruneImagesReport {
  ImagesDeleted: ImageRemoveItem[] | null
  SpaceReclaimed: number
}
