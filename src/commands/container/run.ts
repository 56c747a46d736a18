import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { checkDetachKeys, checkTerminal, detachKeysOf } from './_attach.ts'
import { configFlags, createFlags } from './_create/flags.ts'
import type { CreateRequest } from './_create/request.ts'
import { createContainer, prepareRequest } from './_create/create.ts'
import { startError } from './_start-error.ts'
import { waitForExit } from './_wait-for-exit.ts'

const flags = {
  ...configFlags,
  ...createFlags,
  detach: bool('Detached mode: run in the background and print the container ID', { short: 'd' }),
  sigProxy: bool("Forward received signals to the container's process", { shownDefault: 'true' }),
  detachKeys: string('Key sequence that detaches from the container', { complete: 'detach-keys' }),
} as const

type RunOptions = Options<typeof flags>

export default command({
  path: ['container run', 'run'],
  summary: 'Create a container from an image and run a command in it',
  args: atLeast(1, 'IMAGE [COMMAND] [ARG...]'),
  interspersed: false,
  top: 1,
  flags,
  complete: 'images',
  async run(context, { args, options }) {
    const request = await prepareRequest(context, 'run', options, args)
    checkStreams(context, options, request)
    if (options.detach === true) {
      Object.assign(request, { AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false })
    }
    checkDetachKeys(options.detachKeys ?? '')
    const id = await create(context, request, options)
    const isAttached = request.AttachStdin || request.AttachStdout || request.AttachStderr
    if (!isAttached) return detached(context, id, options)
    return attached(context, id, request, options)
  },
})

function checkStreams(context: Context, options: RunOptions, request: CreateRequest): void {
  if (options.detach !== true) return checkTerminal(context, request.AttachStdin, request.Tty)
  if (options.attach !== undefined) {
    throw cliError('conflicting options: cannot specify both --attach and --detach')
  }
}

async function create(context: Context, request: CreateRequest, options: RunOptions): Promise<string> {
  try {
    return await createContainer(context, request, options)
  } catch (error) {
    throw startError(error, context.program)
  }
}

/** Starts the container with the streams that the request attaches; from here on only the third interrupt ends the program. */
async function attached(context: Context, id: string, request: CreateRequest, options: RunOptions): Promise<number> {
  const [{ startAttached }, { proxySignals }] = await Promise.all([
    import('./_attach.ts'),
    import('../../streams/signal-proxy.ts'),
  ])
  const { containers } = await context.engine()
  const proxied = options.sigProxy ?? true
  const unsubscribe = proxied ? proxySignals(context, (killSignal) => containers.kill(id, { killSignal })) : undefined
  try {
    return await startAttached(context, {
      id,
      tty: request.Tty,
      stdin: request.AttachStdin,
      stdout: request.AttachStdout,
      stderr: request.AttachStderr,
      detachKeys: await detachKeysOf(context, options.detachKeys),
      autoRemove: options.rm ?? false,
      proxied,
      start: () => start(context, id),
    })
  } finally {
    unsubscribe?.()
  }
}

/** Starts the container and leaves it; one that is to be removed and does not start is waited for until it is gone. */
async function detached(context: Context, id: string, { rm = false }: RunOptions): Promise<void> {
  context.out.line(id)
  const waiting = new AbortController()
  const exit = await waitForExit(context, id, rm, waiting.signal)
  try {
    await start(context, id)
  } catch (error) {
    if (rm) await exit.status
    throw error
  } finally {
    waiting.abort()
  }
}

async function start(context: Context, id: string): Promise<void> {
  const { containers } = await context.engine()
  try {
    await containers.start(id)
  } catch (error) {
    throw startError(error, context.program)
  }
}
