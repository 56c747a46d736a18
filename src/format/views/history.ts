import type { ImageHistoryItem } from '../../engine/types/image.ts'
import { formatRFC3339, unix } from '../../go/time.ts'
import { methods, value, type Value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import type { ListView } from '../formatter.ts'
import { humanDuration, humanSize } from '../human.ts'
import { ellipsis, shortId } from '../text.ts'

export interface HistoryOptions {
  /** Sizes and times in round words. */
  readonly human: boolean
  readonly noTrunc: boolean
  readonly now: Date
  readonly zone: Zone
}

/** How the steps of an image are listed; `human` in round words. */
export const historyView = (human: boolean): ListView => ({
  header,
  template: (format, quiet) => historyTemplate(format, quiet, human),
})

const header = {
  ID: 'IMAGE',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  CreatedBy: 'CREATED BY',
  Size: 'SIZE',
  Comment: 'COMMENT',
}

/** The template that `format` stands for; empty is a table (docker/cli image newHistoryFormat). */
function historyTemplate(format: string, quiet: boolean, human: boolean): string {
  if (format !== '' && format !== 'table') return format
  if (quiet) return '{{.ID}}'
  return `table {{.ID}}\t{{.Created${human ? 'Since' : 'At'}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`
}

/** The rows of a history. */
export function historyRows(steps: readonly ImageHistoryItem[], options: HistoryOptions): Value[] {
  return steps.map((step) => value(historyContext, { step, options }))
}

interface Row {
  readonly step: ImageHistoryItem
  readonly options: HistoryOptions
}

/** Steps that claim to be older than this have no time worth telling. */
const oldest = Date.UTC(2000, 0, 1) / 1000

const createdAt = ({ step, options }: Row): string => formatRFC3339(unix(step.Created, 0, options.zone))

const historyContext = methods<Row>(
  '*image.historyContext',
  {
    ID: ({ step, options }) => (options.noTrunc ? step.Id : shortId(step.Id)),
    CreatedAt: createdAt,
    CreatedSince: (row) => {
      const { step, options } = row
      if (!options.human) return createdAt(row)
      if (step.Created <= oldest) return 'N/A'
      return `${humanDuration(options.now.getTime() - step.Created * 1000)} ago`
    },
    CreatedBy: ({ step, options }) => {
      const text = step.CreatedBy.replaceAll('\t', ' ')
      return options.noTrunc ? text : ellipsis(text, 45)
    },
    Size: ({ step, options }) => (options.human ? humanSize(step.Size, 3) : String(step.Size)),
    Comment: ({ step }) => step.Comment,
  },
  ['trunc', 'human', 'h'],
)
