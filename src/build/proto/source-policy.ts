import { int64, map, repeated, string, uint32 } from './field.ts'
import { embedded, message, type Init } from './message.ts'

// BuildKit's sourcepolicy/pb/policy.proto.

const constraint = message({ key: string(1), value: string(2), condition: uint32(3) })

const selector = message({
  identifier: string(1),
  matchType: uint32(2),
  constraints: repeated(embedded(3, constraint)),
})

const update = message({ identifier: string(1), attrs: map(2, string) })

const rule = message({ action: uint32(1), selector: embedded(2, selector), updates: embedded(3, update) })

/** Which sources a build may use, and what it uses in their place. */
export const policy = message({ version: int64(1), rules: repeated(embedded(2, rule)) })

export type SourcePolicy = Init<typeof policy>
