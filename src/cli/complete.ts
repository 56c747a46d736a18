import type { Context } from '../context.ts'
import type { CommandSpec } from './command.ts'
import { type AnyFlag, type Flags, flagName } from './flags.ts'
import { globalFlags } from './globals.ts'
import { directiveNames, directives, type Typed } from './directives.ts'
import type { Program } from './program.ts'
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
  readonly typed: Typed
}

/** What a shell that asks what may follow `words` is told on stdout, and a person who tries that by hand on stderr. */
export async function completionAnswer(
  program: Program,
  context: Context,
  words: readonly string[],
  describe: boolean,
): Promise<{ stdout: string; stderr: string }> {
  const { candidates, source, typed } = await complete(program, words)
  const answer = source === undefined ? undefined : await program.completions?.(context, source, typed)
  const { values, directive } = answer ?? { values: [], directive: directives.noFiles }
  return {
    stdout: renderCompletion([...candidates, ...values.map(described)], typed.typed, directive, describe),
    stderr: `Completion ended with directive: ${directiveNames(directive)}`,
  }
}

/**
 * What may stand where the last of `words` (without the program) is being typed. It reads an unfinished line, so it takes
 * whatever parses and gives nothing where the rest would be guesswork.
 */
export async function complete(
  program: Pick<Program, 'catalog' | 'load' | 'texts'>,
  words: readonly string[],
): Promise<Completion> {
  const typed = words.at(-1) ?? ''
  const globals = scan(words.slice(0, -1), globalFlags, false)
  if (globals.pending) return valueOf(globals.pending.flag, globals, typed)
  const found = route(program, globals.args)
  if (found.entry?.kind === 'command') return completeCommand(await program.load(found.entry.file), found.rest, typed)
  if (found.rest.length > 0) return among([], typed)
  if (typed.startsWith('-')) return flagsOrValue(found.entry === undefined ? globalFlags : {}, globals, typed)
  const texts = await program.texts()
  const nested = children(program.catalog, found.entry).filter((entry) => !entry.hidden)
  return among(
    nested.map((entry) => ({ word: lastWord(entry), summary: texts[entry.path]!.summary })),
    typed,
  )
}

function completeCommand(spec: CommandSpec<Flags>, rest: readonly string[], typed: string): Completion {
  const flags = spec.flags ?? {}
  const state = scan(rest, flags, spec.interspersed ?? true)
  if (state.pending) return valueOf(state.pending.flag, state, typed)
  if (typed.startsWith('-') && !state.ended) return flagsOrValue(flags, state, typed)
  // After IMAGE or CONTAINER the words are the container's own command.
  const isForeign = spec.interspersed === false && state.args.length > 0 && spec.args.max === Infinity
  if (spec.complete === undefined || state.args.length >= spec.args.max || isForeign) return among([], typed)
  return { candidates: [], source: spec.complete, typed: { typed, args: state.args, options: state.options } }
}

interface Scan {
  readonly args: string[]
  readonly options: Record<string, string>
  /** The flag whose value comes next. */
  pending?: { readonly key: string; readonly flag: AnyFlag }
  /** Flags are over: `--`, or an argument where the first one ends them. */
  ended: boolean
}

function scan(words: readonly string[], flags: Flags, interspersed: boolean): Scan {
  const state: Scan = { args: [], options: {}, ended: false }
  for (const word of words) {
    if (state.pending !== undefined) {
      state.options[state.pending.key] = word
      delete state.pending
    } else if (state.ended) state.args.push(word)
    else if (word === '--') state.ended = true
    else if (word.startsWith('-') && word.length > 1) openFlag(word, flags, state)
    else {
      state.args.push(word)
      if (!interspersed) state.ended = true
    }
  }
  return state
}

/** Notes the flags that `word` sets, and the one that still wants its value. */
function openFlag(word: string, flags: Flags, state: Scan): void {
  const entries = Object.entries(flags)
  const equals = word.indexOf('=')
  const name = equals < 0 ? word : word.slice(0, equals)
  const letters = word.startsWith('--')
    ? [name]
    : name
        .slice(1)
        .split('')
        .map((letter) => `-${letter}`)
  for (const [i, each] of letters.entries()) {
    const found = entries.find(([key, flag]) => `--${flagName(key, flag)}` === each || `-${flag.short}` === each)
    if (found === undefined) return
    const [key, flag] = found
    const isLast = i === letters.length - 1
    state.options[key] = isLast && equals >= 0 ? word.slice(equals + 1) : ''
    if (flag.noValue !== undefined) continue
    // What follows the letter of a flag with a value is its value.
    if (!isLast) state.options[key] = word.slice(i + 2)
    else if (equals < 0) state.pending = { key, flag }
    return
  }
}

function flagsOrValue(flags: Flags, state: Scan, typed: string): Completion {
  const entries = Object.entries(flags)
  const equals = typed.indexOf('=')
  if (equals >= 0) {
    const flag = entries.find(([key, each]) => `--${flagName(key, each)}` === typed.slice(0, equals))?.[1]
    const rest = typed.slice(equals + 1)
    return flag === undefined ? among([], rest) : valueOf(flag, state, rest)
  }
  const candidates = entries
    .filter(([, flag]) => flag.hidden !== true && flag.deprecated === undefined)
    .flatMap(([key, flag]) => [
      { word: `--${flagName(key, flag)}`, summary: flag.summary },
      ...(flag.short === undefined ? [] : [{ word: `-${flag.short}`, summary: flag.summary }]),
    ])
  return among([...candidates, { word: '--help', summary: 'Print usage' }], typed)
}

function valueOf(flag: AnyFlag, { args, options }: Scan, typed: string): Completion {
  if (flag.complete === undefined) return among([], typed)
  return { candidates: [], source: flag.complete, typed: { typed, args, options } }
}

function among(candidates: readonly Candidate[], typed: string): Completion {
  const begun = candidates.filter(({ word }) => word.startsWith(typed))
  return { candidates: begun, typed: { typed, args: [], options: {} } }
}

/** A value may bring its meaning, behind a tab. */
function described(value: string): Candidate {
  const tab = value.indexOf('\t')
  return tab < 0 ? { word: value } : { word: value.slice(0, tab), summary: value.slice(tab + 1) }
}

/** The answer to `__complete`: a word a line, its summary behind a tab, then `:` and the directive (spf13/cobra initCompleteCmd). */
export function renderCompletion(
  candidates: readonly Candidate[],
  typed: string,
  directive: number,
  describe: boolean,
): string {
  const seen = new Set<string>()
  const lines = candidates
    .filter(({ word }) => word.startsWith(typed) && !seen.has(word) && seen.add(word))
    .map(({ word, summary }) => (describe && summary ? `${word}\t${summary}` : word))
  return [...lines, `:${directive}`, ''].join('\n')
}
