import type { CommandSpec } from './cli/command.ts'
import type { Flags } from './cli/flags.ts'

/**
 * Loads the command in `file` below src/commands (`container/ls`). scripts/build.mjs puts a look-up among the chunks in the place of
 * this module: an import() for each command would be a quarter of what every run reads.
 */
export async function loadCommand(file: string): Promise<CommandSpec<Flags>> {
  const [noun, verb] = file.split('/')
  const module = (await import(`./commands/${noun}/${verb}.ts`)) as { default: CommandSpec<Flags> }
  return module.default
}
