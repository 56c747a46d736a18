import { flagError, messageOf, type UsageSite } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import type { Context } from '../../context.ts'
import { fromFolder } from '../../go/path.ts'
import { quote } from '../../go/quote.ts'
import { readLocalFile } from '../../streams/local-file.ts'
import { hasPemBlock } from '../../tls/key-pair.ts'

/** What is said of a file that cannot be read, by the reason, and of one that is not PEM. */
interface Words {
  readonly unreadable: (reason: string) => string
  readonly foreign: string
}

/** Reads a file of certificates or keys; throws where there is no PEM in it. */
export async function readPem(
  { cwd, signal }: Pick<Context, 'cwd' | 'signal'>,
  file: string,
  { unreadable, foreign }: Words,
): Promise<string> {
  let text
  try {
    text = (await readLocalFile(fromFolder(cwd, file), signal)).toString()
  } catch (error) {
    signal.throwIfAborted()
    const { syscall } = error as NodeJS.ErrnoException
    throw new Error(unreadable(syscall === undefined ? messageOf(error) : pathError(syscall, file, error).message), {
      cause: error,
    })
  }
  if (!hasPemBlock(text)) throw new Error(foreign)
  return text
}

/** Reads the file that the flag `name` was given; empty where it was not. Throws as for a flag that does not parse. */
export async function readPemFlag(
  context: Pick<Context, 'cwd' | 'signal'>,
  name: string,
  file: string | undefined,
  site: UsageSite,
): Promise<string> {
  if (file === undefined) return ''
  try {
    const words = { unreadable: (reason: string) => reason, foreign: 'file contents must be in PEM format' }
    return await readPem(context, file, words)
  } catch (error) {
    context.signal.throwIfAborted()
    throw flagError(`invalid argument ${quote(file)} for "--${name}" flag: ${messageOf(error)}`, site)
  }
}
