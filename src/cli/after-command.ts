import type { Context } from '../context.ts'
import { type CliError, messageOf } from '../errors/cli-error.ts'
import { flagName, type Flags } from './flags.ts'
import { hooksMaySpeak } from './plugin-host.ts'
import type { Program } from './program.ts'

/** A command about to run, as hooks of plugins get it. */
interface Command {
  readonly path: string
  readonly flags: Flags
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

/** Runs a command, then lets hooks of plugins add to its output; its own outcome stays. */
export async function runWithHooks(
  program: Program,
  context: Context,
  command: Command,
  run: () => Promise<number>,
): Promise<number> {
  if (!hooksMaySpeak(context, (await context.config()).data)) return run()
  const after = async (error: string): Promise<void> => {
    const { path, args } = command
    const host = await program.plugins?.()
    await host?.afterCommand(context, { path, args, error, ...setFlags(command) })
  }
  let status: number
  try {
    status = await run()
  } catch (error) {
    await after(messageOf(error) || `exited with code ${(error as Partial<CliError>).exitCode ?? 1}`)
    throw error
  }
  await after(status === 0 ? '' : `exited with code ${status}`)
  return status
}

function setFlags({ flags, options }: Command) {
  const named = Object.entries(flags).map(([key, flag]) => ({ key, name: flagName(key, flag), flag }))
  const set = named.filter(({ key }) => key in options)
  return {
    flags: Object.fromEntries(
      set.map(({ key, name, flag }) => [name, flag.type === 'bool' ? String(options[key]) : '']),
    ),
    flagValue: (wanted: string): string | undefined => {
      const found = named.find(({ name, flag }) => name === wanted || flag.short === wanted)
      return found && valueText(options[found.key] ?? found.flag.shownDefault, found.flag.type === 'bool')
    },
  }
}

function valueText(value: unknown, isSwitch: boolean): string {
  if (value === undefined) return isSwitch ? 'false' : ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean | bigint)
}
