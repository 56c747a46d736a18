import type { CommandSpec } from './command.ts'
import { type AnyFlag, type Flags, flagName } from './flags.ts'
import { globalFlags } from './globals.ts'
import type { Offer, Program } from './program.ts'
import { children, lastWord, route } from './route.ts'

/** One word the shell may offer, with what it means. */
export interface Candidate {
  readonly word: string
  readonly summary?: string
}

/** What is to be completed: words known now, or the name of a source that the daemon or the machine answers. */
export interface Completion {
  readonly candidates: readonly Candidate[]
  readonly source?: string
  /** The arguments before the word, for sources that depend on them. */
  readonly args?: readonly string[]
  /** The word as far as it is typed, or the value of a flag. */
  readonly typed?: string
}

const nothing: Completion = { candidates: [] }

/**
 * What may stand where the last of `words` (without the program) is being typed. It reads an unfinished line, so it takes
 * whatever parses and gives nothing where the rest would be guesswork.
 */
export async function complete(
  program: Pick<Program, 'catalog' | 'load' | 'texts'>,
  words: readonly string[],
): Promise<Completion> {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const globals = scan(before, globalFlags, false)
  if (globals.pending) return valuesOf(globals.pending, [], typed)
  const found = route(program.catalog, globals.args)
  if (found.entry === undefined || found.entry.kind === 'group') {
    if (found.rest.length > 0) return nothing
    if (typed.startsWith('-')) return flagsOrValue(found.entry === undefined ? globalFlags : {}, typed, [])
    const texts = await program.texts()
    const nested = children(program.catalog, found.entry).filter((entry) => !entry.hidden)
    return matching(
      nested.map((entry) => ({ word: lastWord(entry), summary: texts[entry.path]!.summary })),
      typed,
    )
  }
  return completeCommand(await program.load(found.entry.file), found.rest, typed)
}

function completeCommand(spec: CommandSpec<Flags>, rest: readonly string[], typed: string): Completion {
  const flags = spec.flags ?? {}
  const state = scan(rest, flags, spec.interspersed ?? true)
  if (state.pending) return valuesOf(state.pending, state.args, typed)
  if (typed.startsWith('-') && !state.ended) return flagsOrValue(flags, typed, state.args)
  if (spec.complete === undefined || state.args.length >= spec.args.max) return nothing
  // After IMAGE or CONTAINER the words are the container's own command.
  if (spec.interspersed === false && state.args.length > 0) return nothing
  return { candidates: [], source: spec.complete, args: state.args, typed }
}

interface Scan {
  readonly args: string[]
  /** The flag whose value comes next. */
  pending?: AnyFlag
  /** Flags are over: `--`, or an argument where the first one ends them. */
  ended: boolean
}

function scan(words: readonly string[], flags: Flags, interspersed: boolean): Scan {
  const state: Scan = { args: [], ended: false }
  for (const word of words) {
    if (state.pending !== undefined) delete state.pending
    else if (state.ended) state.args.push(word)
    else if (word === '--') state.ended = true
    else if (word.startsWith('-') && word.length > 1) {
      const flag = openFlag(word, flags)
      if (flag) state.pending = flag
    } else {
      state.args.push(word)
      if (!interspersed) state.ended = true
    }
  }
  return state
}

/** The flag that still wants its value after `word`. */
function openFlag(word: string, flags: Flags): AnyFlag | undefined {
  if (word.includes('=')) return undefined
  const entries = Object.entries(flags)
  if (word.startsWith('--')) {
    const flag = entries.find(([key, each]) => `--${flagName(key, each)}` === word)?.[1]
    return flag?.noValue === undefined ? flag : undefined
  }
  for (let i = 1; i < word.length; i++) {
    const flag = entries.find(([, each]) => each.short === word[i])?.[1]
    if (flag === undefined) return undefined
    if (flag.noValue === undefined) return i === word.length - 1 ? flag : undefined
  }
  return undefined
}

function flagsOrValue(flags: Flags, typed: string, args: readonly string[]): Completion {
  const entries = Object.entries(flags)
  const equals = typed.indexOf('=')
  if (equals >= 0) {
    const flag = entries.find(([key, each]) => `--${flagName(key, each)}` === typed.slice(0, equals))?.[1]
    return flag === undefined ? nothing : valuesOf(flag, args, typed.slice(equals + 1))
  }
  const candidates = entries
    .filter(([, flag]) => flag.hidden !== true && flag.deprecated === undefined)
    .flatMap(([key, flag]) => [
      { word: `--${flagName(key, flag)}`, summary: flag.summary },
      ...(flag.short === undefined ? [] : [{ word: `-${flag.short}`, summary: flag.summary }]),
    ])
  return matching([...candidates, { word: '--help', summary: 'Print usage' }], typed)
}

function valuesOf(flag: AnyFlag, args: readonly string[], typed: string): Completion {
  return flag.complete === undefined ? nothing : { candidates: [], source: flag.complete, args, typed }
}

function matching(candidates: readonly Candidate[], typed: string): Completion {
  return { candidates: candidates.filter((candidate) => candidate.word.startsWith(typed)) }
}

/**
 * The answer to `__complete`: a word a line, its summary behind a tab, then a number for the shell: 4 not to offer names of
 * files, 2 to put no space behind the word (cobra's ShellCompDirective).
 */
export function renderCompletion(
  candidates: readonly Candidate[],
  typed: string,
  describe: boolean,
  { partial, files }: Pick<Offer, 'partial' | 'files'> = {},
): string {
  const prefix = typed.startsWith('--') ? typed.slice(typed.indexOf('=') + 1) : typed
  const seen = new Set<string>()
  const lines = candidates
    .filter(({ word }) => (word.startsWith(typed) || word.startsWith(prefix)) && !seen.has(word) && seen.add(word))
    .map(({ word, summary }) => (describe && summary ? `${word}\t${summary}` : word))
  return [...lines, `:${(partial ? 2 : 0) + (files ? 0 : 4)}`, ''].join('\n')
}
