import type { Entry, Catalog } from './catalog-entry.ts'
import type { Program } from './program.ts'

/** Where a command line leads. */
export interface Route {
  /** The command or noun, undefined for the root itself. */
  readonly entry: Entry | undefined
  /** Its parents, nearest first. */
  readonly parents: readonly Entry[]
  /** Flags found between the words, with the noun they belong to; only `--help` is valid there. */
  readonly between: readonly { owner: Entry | undefined; flags: string[] }[]
  /** What follows. */
  readonly rest: string[]
}

/** Walks the words of `argv` down the catalog, as far as they name something (spf13/cobra Traverse). */
export function route(program: Pick<Program, 'catalog' | 'entryAt'>, argv: readonly string[]): Route {
  const parents: Entry[] = []
  const between: { owner: Entry | undefined; flags: string[] }[] = []
  let entry: Entry | undefined
  let rest = [...argv]
  while (entry?.kind !== 'command') {
    const step = nextChild(program, entry, rest)
    if (step === undefined) break
    if (step.flags.length > 0) between.push({ owner: entry, flags: step.flags })
    if (entry !== undefined) parents.unshift(entry)
    entry = step.child
    rest = rest.slice(step.index + 1)
  }
  return { entry, parents, between, rest }
}

function nextChild(
  program: Pick<Program, 'catalog' | 'entryAt'>,
  parent: Entry | undefined,
  words: readonly string[],
): { child: Entry; index: number; flags: string[] } | undefined {
  let value = false
  for (const [index, word] of words.entries()) {
    if (word.startsWith('--') && !word.includes('=')) value = word !== '--help'
    else if (word.startsWith('-') && word.length === 2) value = word !== '-h'
    else if (value) value = false
    else if (word.startsWith('-') && word.length > 1) continue
    else {
      const child = program.entryAt?.(pathUnder(parent, word)) ?? findChild(program.catalog, parent, word)
      return child && { child, index, flags: words.slice(0, index) }
    }
  }
  return undefined
}

/** The command or noun called `word` under `parent`, by its name or an alias. */
export function findChild(catalog: Catalog, parent: Entry | undefined, word: string): Entry | undefined {
  const path = pathUnder(parent, word)
  return (
    catalog.find((entry) => entry.path === path) ??
    catalog.find((entry) => entry.aliases.includes(word) && parentPath(entry.path) === (parent?.path ?? ''))
  )
}

/** The commands and nouns right under `parent`, the root's without one. */
export function children(catalog: Catalog, parent: Entry | undefined): Entry[] {
  return catalog.filter((entry) => parentPath(entry.path) === (parent?.path ?? ''))
}

/** The last word of an entry's path. */
export function lastWord(entry: Entry): string {
  return entry.path.slice(entry.path.lastIndexOf(' ') + 1)
}

function pathUnder(parent: Entry | undefined, word: string): string {
  return parent === undefined ? word : `${parent.path} ${word}`
}

function parentPath(path: string): string {
  const space = path.lastIndexOf(' ')
  return space < 0 ? '' : path.slice(0, space)
}
