import type { Context } from '../context.ts'
import { CliError } from '../errors/cli-error.ts'
import type { UsageSite } from '../errors/cli-error.ts'
import { quote } from '../go/quote.ts'
import type { Flags, Options } from './flags.ts'

/** How many arguments a command takes, and how its usage line names them. */
export interface Args {
  readonly usage: string
  readonly min: number
  readonly max: number
  /** A wrong count gives a short error, without the usage. */
  readonly terse?: true
}

/** What the daemon must be for a command to run; checked before it does (docker/cli cmd/docker isSupported). */
export interface Requirements {
  /** The API version the command needs. */
  readonly since?: string
  readonly ostype?: string
  /** The daemon must run with experimental features. */
  readonly experimental?: boolean
  /** `manager`, `active`, or '' for a command about swarms that works without one; only help uses it. */
  readonly swarm?: string
}

/** What `run` is handed besides its Context. */
export interface Input<F extends Flags> {
  readonly args: readonly string[]
  readonly options: Options<F>
  /** Whether any flag was given, were it only `--help=false`. */
  readonly anyFlag: boolean
  readonly site: UsageSite
}

/** A command: data the router, help and completion read, and the function that runs it. */
export interface CommandSpec<F extends Flags> extends Requirements {
  /** Every canonical name: `['container pause', 'pause']`. */
  readonly path: readonly [string, ...string[]]
  /** Other names, each a whole path: `['container list']`. */
  readonly aliases?: readonly string[]
  /** Those of the aliases that help does not list. */
  readonly unlisted?: readonly string[]
  readonly summary: string
  /** A longer text for help, instead of the summary. */
  readonly details?: string
  readonly args: Args
  /** What the usage line says after the name, where it is not `[OPTIONS]` and the arguments. */
  readonly usage?: string
  readonly flags?: F
  /** False when the first argument ends the flags (`run IMAGE COMMAND --flag`). */
  readonly interspersed?: boolean
  readonly hidden?: boolean
  /** Without any flag there is nothing to do, and help is printed. */
  readonly helpWithoutFlags?: true
  /** The place among the common commands of the root's help, from 1. */
  readonly top?: number
  /** What to complete for arguments; see cli/complete.ts. */
  readonly complete?: string
  /** Gives the exit status where it is not 0; throws what went wrong. */
  run(context: Context, input: Input<F>): Promise<number | void>
}

/** Declares a command; the types of its options follow from its flags. */
export function command<const F extends Flags>(spec: CommandSpec<F>): CommandSpec<F> {
  return spec
}

/** A noun that holds commands: `docket container`. */
export interface GroupSpec extends Requirements {
  readonly path: string
  readonly summary: string
  readonly details?: string
  readonly hidden?: boolean
  /** A management command that is experimental in the client itself; help shows that. */
  readonly experimentalClient?: boolean
  /** What the usage line of an error says after the name. */
  readonly usage?: string
  /** Whatever words follow, the answer is the noun's help on stdout (cobra's own `completion`, which docker leaves as it is). */
  readonly anyArgs?: true
}

/** Declares a noun; its verbs are the files beside it. */
export function group(spec: GroupSpec): GroupSpec {
  return spec
}

/** No arguments. */
export const noArgs: Args = { usage: '', min: 0, max: 0 }

/** Just `count` arguments. */
export function exactly(count: number, usage: string): Args {
  return { usage, min: count, max: count }
}

/** `min` arguments or more. */
export function atLeast(min: number, usage: string): Args {
  return { usage, min, max: Infinity }
}

/** No more than `max` arguments. */
export function atMost(max: number, usage: string): Args {
  return { usage, min: 0, max }
}

/** From `min` to `max` arguments. */
export function between(min: number, max: number, usage: string): Args {
  return { usage, min, max }
}

/** Throws when `given` are not as many arguments as `args` takes: exit status 1 (docker/cli cli/required.go). */
export function checkArgs(args: Args, given: readonly string[], site: UsageSite): void {
  const count = given.length
  if (count >= args.min && count <= args.max) return
  if (args.terse) throw new CliError(terseProblem(args, given, site), { code: 'usage-args' })
  const help = args.max === Infinity ? 'See' : 'Run'
  const text =
    `${site.program}: '${site.commandPath}' ${expectation(args)}\n\nUsage:  ${site.useLine}` +
    `\n\n${help} '${site.commandPath} --help' for more information`
  throw new CliError(text, { code: 'usage-args' })
}

/** The words of cobra's own checks, ExactArgs and NoArgs. */
function terseProblem({ min, max }: Args, given: readonly string[], site: UsageSite): string {
  if (max === 0) return `unknown command ${quote(given[0]!)} for ${quote(site.commandPath)}`
  return `accepts ${min} arg(s), received ${given.length}`
}

function expectation({ min, max }: Args): string {
  const noun = (count: number): string => (count === 1 ? 'argument' : 'arguments')
  if (max === 0) return 'accepts no arguments'
  if (max === Infinity) return `requires at least ${min} ${noun(min)}`
  if (min === max) return `requires ${min} ${noun(min)}`
  if (min === 0) return `requires at most ${max} ${noun(max)}`
  return `requires at least ${min} and at most ${max} ${noun(max)}`
}
