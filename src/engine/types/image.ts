import type { Filters } from '../path.ts'
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

/** Which images to list, and with what. */
export interface ImageListOptions {
  /** Intermediate images too. */
  all?: boolean
  /** By `reference`, `label`, `dangling`, `before`, `since` and the like. */
  filters?: Filters
  /** Adds how many bytes each shares with others; API 1.42. */
  sharedSize?: boolean
  /** Adds the parts of multi-platform images; left out before API 1.47. */
  manifests?: boolean
  /** Adds the parts with their trusted identity and origin; throws before API 1.54. */
  identity?: boolean
}

/** What an image is made of besides its files. */
export interface ImageImportOptions {
  /** The image's name, with its tag or without; none unless given. */
  repo?: string
  /** Kept in the image's history. */
  message?: string
  /** `os[/arch[/variant]]`; the daemon's own unless given. */
  platform?: string
  /** Dockerfile instructions, one each: `CMD ["sh"]`. */
  changes?: readonly string[]
}
