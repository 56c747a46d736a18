import type { UsageSite } from '../errors/cli-error.ts'
import type { CommandEntry, GroupEntry } from './catalog-entry.ts'
import type { CommandSpec } from './command.ts'
import type { Flags } from './flags.ts'

/** The usage line of the program itself. */
export function rootSite(program: string): UsageSite {
  return { program, commandPath: program, useLine: `${program} [OPTIONS] COMMAND [ARG...]` }
}

/** The usage line of a noun, as its errors give it. */
export function groupSite(program: string, entry: GroupEntry): UsageSite {
  const commandPath = `${program} ${entry.path}`
  return { program, commandPath, useLine: entry.usage === undefined ? commandPath : `${commandPath} ${entry.usage}` }
}

/** The usage line of a command. */
export function commandSite(program: string, entry: CommandEntry, spec: CommandSpec<Flags>): UsageSite {
  const commandPath = `${program} ${entry.path}`
  const options = spec.flags === undefined || Object.keys(spec.flags).length === 0 ? '' : '[OPTIONS]'
  const useLine = spec.usage ?? [options, spec.args.usage].filter((word) => word !== '').join(' ')
  return { program, commandPath, useLine: useLine === '' ? commandPath : `${commandPath} ${useLine}` }
}

/** The usage line of the built-in `help`. */
export function helpSite(program: string): UsageSite {
  return { program, commandPath: `${program} help`, useLine: `${program} help [command]` }
}
