import { parseBool } from '../go/bool.ts'
import { parseBytes, parseSwapBytes } from '../parse/bytes.ts'
import { parseCsv } from '../go/csv.ts'
import { parseDuration } from '../go/duration.ts'
import { addFilter, type Filters, parseFilter } from '../parse/filter.ts'
import { type Int64, parseInteger, parseUnsigned } from '../go/int.ts'

/** One flag of a command: how it is written, what its text becomes, and what help says of it. */
export interface Flag<T> {
  /** The type's name in help; empty for a switch. */
  readonly type: string
  readonly summary: string
  readonly short?: string
  /** The flag's name, where it is not the key in kebab case. */
  readonly name?: string
  /** What a flag without a value means (`true` for a switch). */
  readonly noValue?: string
  /** The key of the flag that this is another name of; the value goes there. */
  readonly sameAs?: string
  /** Shown in help as the default; never a value of the options, which carry only what was set. */
  readonly shownDefault?: string
  readonly hidden?: boolean
  /** Still taken, with this advice on stderr. */
  readonly deprecated?: string
  /** The API version, daemon system or mode without which the flag is refused. */
  readonly since?: string
  readonly ostype?: string
  readonly experimental?: boolean
  readonly swarm?: string
  /** Whom `docket __complete` asks for values. */
  readonly complete?: string
  /** Text to value; `before` is the value so far when the flag is given again. Throws an Error that says what is wrong. */
  readonly parse: (text: string, before: T | undefined) => T
}

/** The flags of a command by option name (camel case; `noTrunc` is `--no-trunc`). */
export type Flags = Readonly<Record<string, AnyFlag>>

/** A flag of whatever type; its parse parameter makes Flag<T> invariant, so `unknown` would not do. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyFlag = Flag<any>

/** What was set on the command line, and only that. */
export type Options<F extends Flags> = { readonly [K in keyof F]?: F[K] extends Flag<infer T> ? T : never }

type Extra = Omit<Partial<Flag<unknown>>, 'parse' | 'type' | 'summary' | 'noValue'>

function scalar<T>(type: string, read: (text: string) => T) {
  return (summary: string, extra: Extra = {}): Flag<T> => ({ type, summary, ...extra, parse: (text) => read(text) })
}

/** A switch: `--x`, `--x=false`; a value after a space is not its own. */
export function bool(summary: string, extra: Extra = {}): Flag<boolean> {
  return { type: 'bool', summary, noValue: 'true', ...extra, parse: (text) => parseBool(text) }
}

/** Any text; the last one wins. */
export const string = scalar('string', (text) => text)
/** A signed whole number of 64 bits in Go's notations; exact beyond 2^53, hence not always a `number`. */
export const int64 = scalar<Int64>('int', (text) => parseInteger(text, { base: 0 }))
/** A signed whole number used as a count. */
export const int = scalar<number>('int', (text) => Number(parseInteger(text, { base: 0 })))
/** An unsigned whole number of 64 bits. */
export const uint64 = scalar<Int64>('uint', (text) => parseUnsigned(text, { base: 0 }))
/** An unsigned whole number of 16 bits. */
export const uint16 = scalar<number>('uint16', (text) => Number(parseUnsigned(text, { base: 0, bits: 16 })))
/** An unsigned whole number of 32 bits. */
export const uint32 = scalar<number>('uint32', (text) => Number(parseUnsigned(text, { base: 0, bits: 32 })))
/** A size in bytes: `512m`, `1.5g`. */
export const bytes = scalar<Int64>('bytes', (text) => parseBytes(text))
/** A size in bytes, or -1 for no limit. */
export const swapBytes = scalar<Int64>('bytes', (text) => parseSwapBytes(text))
/** A span of time in nanoseconds: `1m30s`. */
export const duration = scalar<bigint>('duration', (text) => parseDuration(text))

/** A flag given any number of times; each text is read by `read` (unchanged without it) and appended. */
export function list<T = string>(
  summary: string,
  extra: Extra & { type?: string; read?: (text: string) => T } = {},
): Flag<T[]> {
  const { read = (text: string) => text as T, type = 'list', ...rest } = extra
  return { type, summary, ...rest, parse: (text, before = []) => [...before, read(text)] }
}

/** Comma lists, given any number of times: `--x a,b --x c` (pflag's stringSlice, CSV rules). */
export function commaList(summary: string, extra: Extra = {}): Flag<string[]> {
  return {
    type: 'stringSlice',
    summary,
    ...extra,
    parse: (text, before = []) => (text === '' ? [...before] : [...before, ...parseCsv(text)]),
  }
}

/** Pairs `key=value`, given any number of times; the last of a key counts, a key alone has the empty value. */
export function map(summary: string, extra: Extra = {}): Flag<Record<string, string>> {
  return {
    type: 'map',
    summary,
    shownDefault: 'map[]',
    ...extra,
    parse: (text, before = {}) => {
      const equals = text.indexOf('=')
      return { ...before, [equals < 0 ? text : text.slice(0, equals)]: equals < 0 ? '' : text.slice(equals + 1) }
    },
  }
}

/** Filters `key=value`, given any number of times: values by name. */
export function filter(summary: string, extra: Extra = {}): Flag<Filters> {
  return { type: 'filter', summary, ...extra, parse: readFilter }
}

function readFilter(text: string, before: Filters = {}): Filters {
  const added = parseFilter(text)
  return added === undefined ? before : addFilter(before, added.name, added.value)
}

/** A flag with a grammar of its own (`type` names it in help). */
export function value<T>(
  type: string,
  summary: string,
  parse: (text: string, before: T | undefined) => T,
  extra: Extra & { noValue?: string } = {},
): Flag<T> {
  return { type, summary, ...extra, parse }
}

/** The long name of an option: its own, or the key in kebab case. */
export function flagName(key: string, flag: AnyFlag): string {
  return flag.name ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
