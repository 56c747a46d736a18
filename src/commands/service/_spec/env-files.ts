import type { Context } from '../../../context.ts'
import { wrap } from '../../../errors/cli-error.ts'
import { pathError } from '../../../errors/os-error.ts'
import { fromFolder } from '../../../go/path.ts'
import { parseEnvFile } from '../../../parse/env-file.ts'
import { variablesOf } from '../../../parse/key-value.ts'
import { readLocalFile } from '../../../streams/local-file.ts'

/** Reads `--env-file`s in turn and gives their variables; a name alone gets its value from the caller's environment. */
export async function readEnvFiles(context: Context, names: readonly string[]): Promise<string[]> {
  const variables: string[] = []
  for (const name of names) {
    variables.push(...parseEnvFile(await read(context, name), name, variablesOf(context.env)))
  }
  return variables
}

/** A folder opens but does not read, so the reference complains of its content. */
async function read({ cwd, signal }: Context, name: string): Promise<Uint8Array> {
  try {
    return await readLocalFile(fromFolder(cwd, name), signal)
  } catch (error) {
    signal.throwIfAborted()
    const { code, syscall = 'open' } = error as NodeJS.ErrnoException
    const problem = pathError(syscall, name, error)
    throw code === 'EISDIR' ? wrap(problem, `invalid env file (${name})`) : problem
  }
}
