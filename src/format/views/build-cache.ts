import { compareStrings } from '../../go/strings.ts'
import type { CacheRecord } from '../../engine/types/disk-usage.ts'
import { parseRFC3339, timeString } from '../../go/time.ts'
import { methods, value, type Value } from '../../go/types.ts'
import { humanDuration, humanSize } from '../human.ts'
import { shortId } from '../text.ts'

export const buildCacheHeader = {
  ID: 'CACHE ID',
  Parent: 'PARENT',
  CacheType: 'CACHE TYPE',
  Size: 'SIZE',
  CreatedSince: 'CREATED',
  LastUsedSince: 'LAST USED',
  UsageCount: 'USAGE',
  InUse: 'IN USE',
  Shared: 'SHARED',
  Description: 'DESCRIPTION',
}

/** The template for `raw` (docker/cli formatter.NewBuildCacheFormat). */
export const rawBuildCacheFormat = `build_cache_id: {{.ID}}
parent_id: {{.Parent}}
build_cache_type: {{.CacheType}}
description: {{.Description}}
created_at: {{.CreatedAt}}
created_since: {{.CreatedSince}}
last_used_at: {{.LastUsedAt}}
last_used_since: {{.LastUsedSince}}
usage_count: {{.UsageCount}}
in_use: {{.InUse}}
shared: {{.Shared}}
`

/** The rows of a list, what was used longest ago first. */
export function buildCacheRows(
  records: readonly CacheRecord[],
  options: { readonly truncate: boolean; readonly now: Date },
): Value[] {
  return records.toSorted(byLastUse).map((record) => value(buildCacheContext, { record, options }))
}

function byLastUse(a: CacheRecord, b: CacheRecord): number {
  const [left, right] = [milliseconds(a.LastUsedAt) ?? -Infinity, milliseconds(b.LastUsedAt) ?? -Infinity]
  if (left !== right) return left < right ? -1 : 1
  return compareStrings(a.ID, b.ID)
}

function milliseconds(time: string | null | undefined): number | undefined {
  const instant = time ? parseRFC3339(time) : undefined
  return instant && instant.seconds * 1000 + instant.nanoseconds / 1e6
}

interface Row {
  readonly record: CacheRecord
  readonly options: { readonly truncate: boolean; readonly now: Date }
}

function since(time: string | null | undefined, now: Date): string {
  const then = milliseconds(time)
  return then === undefined ? '' : `${humanDuration(now.getTime() - then)} ago`
}

function shown(time: string | null | undefined): string {
  const instant = time ? parseRFC3339(time) : undefined
  return instant === undefined ? '' : timeString(instant)
}

const buildCacheContext = methods<Row>(
  '*formatter.buildCacheContext',
  {
    ID: ({ record, options }) => (options.truncate ? shortId(record.ID) : record.ID) + (record.InUse ? '*' : ''),
    Parent: ({ record, options }) => {
      const parents = (record[' Parents'] ?? []).join(', ')
      return options.truncate ? shortId(parents) : parents
    },
    CacheType: ({ record }) => record.Type,
    Description: ({ record }) => record.Description,
    Size: ({ record }) => humanSize(record.Size, 3),
    CreatedAt: ({ record }) => shown(record.CreatedAt),
    CreatedSince: ({ record, options }) => since(record.CreatedAt, options.now),
    LastUsedAt: ({ record }) => shown(record.LastUsedAt),
    LastUsedSince: ({ record, options }) => since(record.LastUsedAt, options.now),
    UsageCount: ({ record }) => String(record.UsageCount),
    InUse: ({ record }) => String(record.InUse),
    Shared: ({ record }) => String(record.Shared),
  },
  ['trunc', 'v'],
)
