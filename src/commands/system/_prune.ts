import type { Context } from '../../context.ts'
import type { Engine } from '../../engine/engine.ts'
import { cliError } from '../../errors/cli-error.ts'
import { compareNatural } from '../../format/natural.ts'
import type { Filters } from '../../parse/filter.ts'
import type { Pruned } from '../_pruned.ts'
import { pruneBuildCache } from '../builder/_prune.ts'
import { pruneContainers } from '../container/_prune.ts'
import { pruneImages } from '../image/_prune.ts'
import { pruneNetworks } from '../network/_prune.ts'
import { pruneVolumes } from '../volume/_prune.ts'

/** What a system prune is asked to remove. */
export interface SystemPrune {
  /** Every unused image and all build cache, dangling or not. */
  readonly all: boolean
  readonly volumes: boolean
  /** The filters that were given, without those of config.json. */
  readonly given: Filters
  /** The filters that each request carries. */
  readonly filters: Filters
}

interface Kind {
  /** What the question says will go. */
  readonly what: string
  prune(engine: Engine, signal: AbortSignal): Promise<Pruned>
}

/** The question before a system prune; throws for filters that a kind does not take (docker/cli cli/command/system dryRun). */
export function pruneQuestion(options: SystemPrune): string {
  if (options.volumes && options.given['until'] !== undefined) {
    throw cliError('ERROR: The "until" filter is not supported with "--volumes"')
  }
  const kinds = kindsOf(options).map(({ what }) => `\n  - ${what}`)
  const shown = ['label', 'label!', 'until']
    .flatMap((name) => (options.filters[name] ?? []).map((value) => `${name}=${value}`))
    .toSorted(compareNatural)
    .map((filter) => `\n  - ${filter}`)
  const filtered = shown.length === 0 ? '' : `\n  Items to be pruned will be filtered with:${shown.join('')}\n`
  return `WARNING! This will remove:${kinds.join('')}\n${filtered}\nAre you sure you want to continue?`
}

/** Prunes kind after kind, users before what they use, printing what went; a kind that the daemon lacks is passed over. Gives the bytes freed. */
export async function pruneSystem(context: Context, options: SystemPrune): Promise<number> {
  let total = 0
  for (const kind of kindsOf(options)) {
    const pruned = await kind.prune(await context.engine(), context.signal).catch((error: unknown) => {
      if (isNotImplemented(error)) return { text: '', spaceReclaimed: 0 }
      throw error
    })
    total += pruned.spaceReclaimed
    if (pruned.text !== '') context.out.line(pruned.text)
  }
  return total
}

function kindsOf({ all, volumes, filters }: SystemPrune): Kind[] {
  const kinds: (Kind | false)[] = [
    { what: 'all stopped containers', prune: (engine, signal) => pruneContainers(engine, filters, signal) },
    {
      what: 'all networks not used by at least one container',
      prune: (engine, signal) => pruneNetworks(engine, filters, signal),
    },
    volumes && {
      what: 'all anonymous volumes not used by at least one container',
      prune: (engine, signal) => pruneVolumes(engine, filters, signal),
    },
    {
      what: all ? 'all images without at least one container associated to them' : 'all dangling images',
      prune: (engine, signal) => pruneImages(engine, filters, { all, signal }),
    },
    {
      what: all ? 'all build cache' : 'unused build cache',
      prune: (engine, signal) => pruneBuildCache(engine, { filters, all, signal }),
    },
  ]
  return kinds.filter((kind) => kind !== false)
}

function isNotImplemented(error: unknown): boolean {
  return (error as { status?: unknown } | undefined)?.status === 501
}
