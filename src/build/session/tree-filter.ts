import { createIgnoreMatcher, type IgnoreMatcher, type PatternMatches } from '../../parse/dockerignore.ts'
import { toText, type BytePath } from '../../archive/bytes.ts'
import { wrap } from '../../errors/cli-error.ts'

/** What of a tree is asked for. */
export interface TreePatterns {
  /** Only what these match, and what is in it; everything, where there are none. */
  readonly includes?: readonly string[]
  /** Not what these match, as a `.dockerignore` says. */
  readonly excludes?: readonly string[]
}

/** What the patterns say of a path on a walk: whether it is wanted, whether something in it may be, and what its entries need. */
export interface Verdict {
  readonly wanted: boolean
  readonly enter: boolean
  readonly matches: FolderMatches
}

/** What matched a folder; undefined stands for the top. */
export type FolderMatches = { readonly include?: PatternMatches; readonly exclude?: PatternMatches } | undefined

/** Decides on a walk what is sent: paths one after the other, each with what its folder's verdict said (fsutil filterFS). */
export type TreeFilter = (path: BytePath, above: FolderMatches) => Verdict

/** Takes patterns and gives what decides by them; throws for one that cannot be. */
export function treeFilter({ includes = [], excludes = [] }: TreePatterns): TreeFilter {
  const include = includes.length === 0 ? undefined : matcher('include', includes)
  const exclude = excludes.length === 0 ? undefined : matcher('exclude', excludes)
  return (name, above) => {
    const path = toText(name)
    const included = include?.matcher.walk(path, above?.include)
    const excluded = exclude?.matcher.walk(path, above?.exclude)
    const out = included?.ignored === false
    return {
      wanted: !out && excluded?.ignored !== true,
      enter: (!out || mayHold(include, path)) && (excluded?.ignored !== true || mayHold(exclude, path)),
      matches: { ...(included && { include: included.matches }), ...(excluded && { exclude: excluded.matches }) },
    }
  }
}

interface Side {
  readonly matcher: IgnoreMatcher
  /** Where paths may be that a folder's own verdict says nothing of; undefined for anywhere. */
  readonly within: readonly string[] | undefined
}

function matcher(kind: 'include' | 'exclude', patterns: readonly string[]): Side {
  try {
    const made = createIgnoreMatcher(patterns)
    const sought = made.patterns.filter(({ isException }) => isException === (kind === 'exclude'))
    const prefixes = sought.map(({ pattern }) => pattern.replace(/\/\*\*$/, '').replace(/\/\*$/, ''))
    return { matcher: made, within: prefixes.some((prefix) => /[*[\]?^\\]/.test(prefix)) ? undefined : prefixes }
  } catch (error) {
    throw wrap(error, `invalid ${kind}patterns: [${patterns.join(' ')}]`)
  }
}

function mayHold(side: Side | undefined, folder: string): boolean {
  return side?.within === undefined || side.within.some((prefix) => `${prefix}/`.startsWith(`${folder}/`))
}
