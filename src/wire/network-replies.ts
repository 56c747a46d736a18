import { embed, field, slice, str, struct } from '../go/types.ts'
import { network } from './network.ts'

/** Go's network.Summary, a list of them. */
export const networkSummaries = slice(struct('network.Summary', { Network: embed(network) }))

/** Go's network.CreateResponse. */
export const networkCreated = struct('network.CreateResponse', { ID: field(str, 'Id'), Warning: str })

/** Go's network.PruneReport. */
export const prunedNetworks = struct('network.PruneReport', { NetworksDeleted: slice(str) })
