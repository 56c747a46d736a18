import { parseBool } from '../go/bool.ts'
import { quote } from '../go/quote.ts'
import { messageOf, wrap } from '../errors/cli-error.ts'
import { type AnyFlag, type Flag, type Flags, flagName, type Options } from './flags.ts'
import { dictionary } from '../go/dictionary.ts'

/** What a command line says: what was set, what is left, and what is to be told first. */
export interface Parsed<F extends Flags> {
  readonly options: Options<F>
  /** The arguments that are no flags, in order; everything after `--` or, where flags end early, the first of them. */
  readonly args: string[]
  readonly help: boolean
  /** Whether any flag was given; `--help=false` is one (pflag NFlag). */
  readonly anyFlag: boolean
  /** Why reading stopped, with pflag's message; the rest is what came before. */
  readonly problem?: string
  /** One line for each deprecated flag used. */
  readonly warnings: string[]
}

interface Entry {
  readonly key: string
  readonly name: string
  readonly flag: AnyFlag
}

const help: Flag<boolean> = {
  type: 'bool',
  summary: 'Print usage',
  noValue: 'true',
  hidden: true,
  parse: (text) => parseBool(text),
}

/**
 * Reads flags as the reference's library does (spf13/pflag): `-itd`, `-p80:80`, `-p=80:80`, `--x=v`, `--x v`, `--`; the last one
 * wins for scalars; with `interspersed` false the first argument ends the flags. Never throws: see `problem`.
 */
export function parseFlags<F extends Flags>(
  argv: readonly string[],
  flags: F,
  { interspersed = true }: { interspersed?: boolean } = {},
): Parsed<F> {
  const parser = new FlagParser(flags)
  let problem: string | undefined
  try {
    parser.read([...argv], interspersed)
  } catch (error) {
    problem = messageOf(error)
  }
  const { args, help, anyFlag, warnings } = parser
  const options = parser.options as Options<F>
  return { options, args, help, anyFlag, warnings, ...(problem === undefined ? {} : { problem }) }
}

class FlagParser {
  readonly options = dictionary<unknown>()
  readonly args: string[] = []
  readonly warnings: string[] = []
  help = false
  anyFlag = false
  private readonly byName = new Map<string, Entry>()
  private readonly byShort = new Map<string, Entry>()

  constructor(flags: Flags) {
    for (const [key, flag] of Object.entries(flags)) {
      const entry = { key: flag.sameAs ?? key, name: flagName(key, flag), flag }
      this.byName.set(entry.name, entry)
      if (flag.short !== undefined) this.byShort.set(flag.short, entry)
    }
    if (!this.byName.has('help')) {
      const entry = { key: 'help', name: 'help', flag: help }
      this.byName.set('help', entry)
      if (!this.byShort.has('h')) this.byShort.set('h', entry)
    }
  }

  read(rest: string[], interspersed: boolean): void {
    while (rest.length > 0) {
      const word = rest.shift()!
      if (word === '--') {
        this.args.push(...rest)
        return
      }
      if (word.length < 2 || !word.startsWith('-')) {
        this.args.push(word)
        if (interspersed) continue
        this.args.push(...rest)
        return
      }
      if (word.startsWith('--')) this.long(word, rest)
      else this.shorts(word, rest)
    }
  }

  private long(word: string, rest: string[]): void {
    const text = word.slice(2)
    if (text.startsWith('-') || text.startsWith('=')) throw new Error(`bad flag syntax: ${word}`)
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    const entry = this.byName.get(name)
    if (entry === undefined) throw new Error(`unknown flag: --${name}`)
    if (equals >= 0) this.set(entry, text.slice(equals + 1))
    else if (entry.flag.noValue !== undefined) this.set(entry, entry.flag.noValue)
    else if (rest.length > 0) this.set(entry, rest.shift()!)
    else throw new Error(`flag needs an argument: --${name}`)
  }

  private shorts(word: string, rest: string[]): void {
    for (let letters = word.slice(1); letters !== '';) {
      const letter = String.fromCodePoint(letters.codePointAt(0)!)
      const entry = this.byShort.get(letter)
      if (entry === undefined)
        throw new Error(`unknown shorthand flag: ${quoteLetter(firstByte(letter))} in -${letters}`)
      let value = entry.flag.noValue
      let next = letters.slice(letter.length)
      if (next.length > 1 && next.startsWith('=')) {
        value = next.slice(1)
        next = ''
      } else if (value === undefined && next !== '') {
        value = next
        next = ''
      } else if (value === undefined) {
        if (rest.length === 0) throw new Error(`flag needs an argument: ${quoteLetter(letter)} in -${letters}`)
        value = rest.shift()!
      }
      if (entry.flag === help) this.warnings.push('Flag shorthand -h has been deprecated, use --help')
      this.set(entry, value)
      letters = next
    }
  }

  private set({ key, name, flag }: Entry, text: string): void {
    let value: unknown
    try {
      value = flag.parse(text, this.options[key])
    } catch (error) {
      const shown = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`
      throw wrap(error, `invalid argument ${quote(text)} for "${shown}" flag`)
    }
    this.anyFlag = true
    if (flag === help) this.help = value === true
    else this.options[key] = value
    if (flag.deprecated !== undefined) this.warnings.push(`Flag --${name} has been deprecated, ${flag.deprecated}`)
  }
}

/** Where a letter takes several bytes, pflag names the first of them, as if it were a character. */
function firstByte(letter: string): string {
  return String.fromCharCode(Buffer.from(letter)[0] as number)
}

function quoteLetter(letter: string): string {
  return letter === "'" ? "'\\''" : `'${letter}'`
}
