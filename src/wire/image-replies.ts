import { bool, field, int, int64, slice, str, struct, uint64 } from '../go/types.ts'
import { descriptor, platform } from './descriptor.ts'

/** Go's image.DeleteResponse, a list of them. */
export const deletedImages = slice(
  struct('image.DeleteResponse', { Deleted: field(str, ',omitempty'), Untagged: field(str, ',omitempty') }),
)

/** Go's image.HistoryResponseItem, a list of them. */
export const imageHistory = slice(
  struct('image.HistoryResponseItem', {
    Comment: str,
    Created: int64,
    CreatedBy: str,
    ID: field(str, 'Id'),
    Size: int64,
    Tags: slice(str),
  }),
)

/** Go's image.PruneReport. */
export const prunedImages = struct('image.PruneReport', { ImagesDeleted: deletedImages, SpaceReclaimed: uint64 })

/** Go's registry.SearchResult, a list of them. */
export const searchResults = slice(
  struct('registry.SearchResult', {
    StarCount: field(int, 'star_count'),
    IsOfficial: field(bool, 'is_official'),
    Name: field(str, 'name'),
    IsAutomated: field(bool, 'is_automated'),
    Description: field(str, 'description'),
  }),
)

/** Go's registry.DistributionInspect. */
export const distributionInspect = struct('registry.DistributionInspect', {
  Descriptor: descriptor,
  Platforms: slice(platform),
})
