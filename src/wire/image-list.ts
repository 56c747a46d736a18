import { field, int64, map, ptr, slice, str, struct } from '../go/types.ts'
import { manifestSummary } from './image.ts'
import { descriptor } from './descriptor.ts'

/** Go's image.Summary. */
export const imageSummary = struct('image.Summary', {
  Containers: int64,
  Created: int64,
  ID: field(str, 'Id'),
  Labels: map(str, str),
  ParentID: field(str, 'ParentId'),
  Descriptor: field(ptr(descriptor), ',omitempty'),
  Manifests: field(slice(manifestSummary), ',omitempty'),
  RepoDigests: slice(str),
  RepoTags: slice(str),
  SharedSize: int64,
  Size: int64,
})

/** The answer to a list of images. */
export const imageSummaries = slice(imageSummary)
