import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, list, type Options, string } from '../../cli/flags.ts'
import { fromFolder } from '../../go/path.ts'
import { pathError } from '../../errors/os-error.ts'
import type { Context } from '../../context.ts'
import { isConnectionError } from '../../engine/errors.ts'
import type { ExecCreateBody } from '../../engine/types/exec.ts'
import { parseEnvFile } from '../../parse/env-file.ts'
import { parseEnv, variablesOf } from '../../parse/key-value.ts'
import { pumpStreams } from '../../streams/attach.ts'
import { readLocalFile } from '../../streams/local-file.ts'
import { followSize, windowSize, type WindowSize } from '../../streams/resize.ts'
import { checkDetachKeys, checkTerminal, detachKeysOf } from './_attach.ts'

const flags = {
  detach: bool('Detached mode: leave the command running in the background', { short: 'd' }),
  detachKeys: string('Key sequence that detaches from the command', { complete: 'detach-keys' }),
  env: list('Environment variable, NAME or NAME=VALUE', {
    short: 'e',
    since: '1.25',
    read: (text) => parseEnv(text, () => undefined),
    complete: 'env-names',
  }),
  envFile: list('File to read environment variables from', { since: '1.25', complete: 'files' }),
  interactive: bool('Keep standard input open, attached or not', { short: 'i' }),
  privileged: bool('Run the command with extended privileges'),
  tty: bool('Allocate a pseudo-TTY for the command', { short: 't' }),
  user: string('User to run as, NAME|UID[:GROUP|GID]', { short: 'u' }),
  workdir: string('Working directory of the command', { short: 'w', since: '1.35' }),
} as const

type ExecOptions = Options<typeof flags>

export default command({
  path: ['container exec', 'exec'],
  summary: 'Run a command in a running container',
  args: atLeast(2, 'CONTAINER COMMAND [ARG...]'),
  interspersed: false,
  top: 2,
  flags,
  complete: 'container-unpaused',
  async run(context, { args: [name = '', ...words], options }) {
    const env = await readEnvironment(context, options)
    const detachKeys = await detachKeysOf(context, options.detachKeys)
    checkDetachKeys(options.detachKeys ?? '')
    const request = toRequest(options, { words, env, detachKeys, size: windowSize(context.out) })
    const { containers, exec } = await context.engine()
    const { signal } = context
    // A command once made cannot be unmade, so what can be wrong is found before; the container's absence first of all.
    await containers.inspect(name, { signal })
    if (!options.detach) checkTerminal(context, request.AttachStdin === true, request.Tty === true)
    const { Id: id } = await exec.create(name, request, { signal })
    if (!id) throw cliError('exec ID empty')
    if (!options.detach) return interact(context, id, request)
    await exec.start(id, { Detach: true, Tty: request.Tty, ConsoleSize: request.ConsoleSize }, { signal })
    return undefined
  },
})

function toRequest(
  options: ExecOptions,
  given: { words: string[]; env: string[]; detachKeys: string; size: WindowSize },
): ExecCreateBody {
  const { user, privileged, tty = false, workdir, detach = false, interactive = false } = options
  const { height, width } = given.size
  return {
    ...(user ? { User: user } : {}),
    ...(privileged ? { Privileged: true } : {}),
    Tty: tty,
    ...(tty && (height !== 0 || width !== 0) ? { ConsoleSize: [height, width] } : {}),
    AttachStdin: interactive && !detach,
    AttachStderr: !detach,
    AttachStdout: !detach,
    ...(given.detachKeys === '' ? {} : { DetachKeys: given.detachKeys }),
    ...(given.env.length > 0 ? { Env: given.env } : {}),
    ...(workdir ? { WorkingDir: workdir } : {}),
    Cmd: given.words,
  }
}

/** The files' variables, then the flags', a name alone with this program's value (docker/cli opts ReadKVEnvStrings). */
async function readEnvironment({ env, cwd, signal }: Context, options: ExecOptions): Promise<string[]> {
  const lookup = variablesOf(env)
  const fromFiles: string[] = []
  for (const name of options.envFile ?? []) {
    let bytes
    try {
      bytes = await readLocalFile(fromFolder(cwd, name), signal)
    } catch (error) {
      signal.throwIfAborted()
      const { syscall = 'open' } = error as NodeJS.ErrnoException
      const problem = pathError(syscall, name, error)
      throw syscall === 'read' ? new Error(`invalid env file (${name}): ${problem.message}`, { cause: error }) : problem
    }
    fromFiles.push(...parseEnvFile(bytes, name, lookup))
  }
  return [...fromFiles, ...(options.env ?? []).map((text) => parseEnv(text, lookup))]
}

async function interact(context: Context, id: string, request: ExecCreateBody): Promise<number> {
  const { exec } = await context.engine()
  const { signal, in: input, out, err } = context
  const tty = request.Tty === true
  const connection = await exec.attach(id, { Detach: false, Tty: tty, ConsoleSize: request.ConsoleSize }, { signal })
  const { DetachKeys: detachKeys, AttachStdin: stdin } = request
  const streams = { tty, detachKeys, signal, stdin: stdin ? input : undefined, stdout: out, stderr: tty ? out : err }
  const pump = pumpStreams(context, connection, streams)
  const following = tty && input.isTerminal ? followSize(context, (size) => exec.resize(id, size)) : undefined
  try {
    if ((await pump).detached) throw cliError('read escape sequence')
  } finally {
    void following?.then((unsubscribe) => unsubscribe())
  }
  return exitCode(context, id)
}

/** The command's exit code, or 255 where the engine is gone, and with it the command; the reference does not say so. */
async function exitCode({ engine, signal }: Context, id: string): Promise<number> {
  const { exec } = await engine()
  try {
    return (await exec.inspect(id, { signal })).ExitCode ?? 0
  } catch (error) {
    if (isConnectionError(error)) throw cliError(`the command's exit code is not known: ${error.message}`, 255)
    throw error
  }
}
