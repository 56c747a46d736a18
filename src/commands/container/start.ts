import { atLeast, command } from '../../cli/command.ts'
import { cliError, messageOf } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { proxySignals } from '../../streams/signal-proxy.ts'
import { checkDetachKeys, detachKeysOf, startAttached } from './_attach.ts'

const trial = { experimental: true, ostype: 'linux' } as const
const flags = {
  attach: bool('Attach standard output and error, and forward signals', { short: 'a' }),
  checkpoint: string('Checkpoint to restore from', trial),
  checkpointDir: string("Directory on the daemon's host that holds the checkpoint", trial),
  detachKeys: string('Key sequence that detaches from the container', { complete: 'detach-keys' }),
  interactive: bool('Attach standard input', { short: 'i' }),
} as const

type StartOptions = Options<typeof flags>

export default command({
  path: ['container start', 'start'],
  summary: 'Start one or more stopped containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags,
  complete: 'container-stopped',
  async run(context, { args, options }) {
    const detachKeys = await detachKeysOf(context, options.detachKeys)
    checkDetachKeys(detachKeys)
    if (options.attach || options.interactive) {
      if (args.length > 1) throw cliError('you cannot start and attach multiple containers at once')
      return attached(context, args[0]!, { ...options, detachKeys })
    }
    if (!options.checkpoint) return startEach(context, args)
    if (args.length > 1) throw cliError('you cannot restore multiple containers at once')
    const { containers } = await context.engine()
    await containers.start(args[0]!, { ...from(options), signal: context.signal })
    return undefined
  },
})

function from({ checkpoint = '', checkpointDir = '' }: StartOptions) {
  return { checkpoint, checkpointDir }
}

async function attached(context: Context, name: string, options: StartOptions): Promise<number> {
  const { containers } = await context.engine()
  const { Id: id, Config, HostConfig } = await containers.inspect(name, { signal: context.signal })
  const { Tty: tty = false, OpenStdin: openStdin = false } = Config ?? {}
  const unsubscribe = tty ? undefined : proxySignals(context, (killSignal) => containers.kill(id, { killSignal }))
  try {
    return await startAttached(context, {
      id,
      tty,
      stdin: options.interactive === true && openStdin,
      stdout: true,
      stderr: true,
      detachKeys: options.detachKeys ?? '',
      autoRemove: HostConfig?.AutoRemove === true,
      proxied: !tty,
      signal: context.signal,
      start: () => containers.start(id, from(options)),
    })
  } finally {
    unsubscribe?.()
  }
}

/** Starts one after the other; each that does not start is reported at once, all of them again at the end. */
async function startEach({ engine, out, err, signal }: Context, names: readonly string[]): Promise<void> {
  const { containers } = await engine()
  const failed: string[] = []
  for (const name of names) {
    try {
      await containers.start(name, { signal })
      out.line(name)
    } catch (error) {
      if (signal.aborted) throw error
      err.line(messageOf(error))
      failed.push(name)
    }
  }
  if (failed.length > 0) throw cliError(`failed to start containers: ${failed.join(', ')}`)
}
