import { type CliError, joinErrors, messageOf, NO_ENGINE, reword } from '../errors/cli-error.ts'
import type { Context } from '../context.ts'
import type { Described } from '../format/inspect.ts'

/**
 * Prints what `describe` finds for each reference, in the form that `format` asks for. What is missing does not keep
 * the rest from being shown; throws it all together, status 1, or status `badFormat` for a template that does not parse
 * (docker/cli cli/command/inspect Inspect).
 */
export async function inspect(
  { out, signal }: Pick<Context, 'out' | 'signal'>,
  references: readonly string[],
  format: string,
  describe: (reference: string) => Promise<Described>,
  badFormat = 64,
): Promise<void> {
  const shown = await makeInspector(format, out.isTerminal, badFormat)
  const errors: unknown[] = []
  for (const reference of references) {
    try {
      await shown.add(await describe(reference))
    } catch (error) {
      signal.throwIfAborted()
      if ((error as Partial<CliError>).code === NO_ENGINE) throw error
      errors.push(error)
    }
  }
  out.write(shown.output())
  if (errors.length > 0) throw joinErrors(errors)
}

async function makeInspector(format: string, terminal: boolean, exitCode: number) {
  const { inspector } = await import('../format/inspect.ts')
  try {
    return await inspector(format, terminal)
  } catch (error) {
    throw reword(error, messageOf(error), { code: 'bad-format', exitCode })
  }
}
