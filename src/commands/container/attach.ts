import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { Containers } from '../../engine/containers.ts'
import type { ContainerInspect, ContainerWaitResponse } from '../../engine/types/container.ts'
import { pumpStreams } from '../../streams/attach.ts'
import { followSize, windowSize } from '../../streams/resize.ts'
import { proxySignals } from '../../streams/signal-proxy.ts'
import { checkDetachKeys, checkTerminal, detachKeysOf } from './_attach.ts'

const flags = {
  detachKeys: string('Key sequence that detaches from the container', { complete: 'detach-keys' }),
  noStdin: bool('Attach the output only, not standard input'),
  sigProxy: bool("Forward received signals to the container's process", { shownDefault: 'true' }),
} as const

export default command({
  path: ['container attach', 'attach'],
  summary: 'Attach standard input, output and error to a running container',
  args: exactly(1, 'CONTAINER'),
  flags,
  complete: 'container-unpaused',
  async run(context, { args, options }) {
    const id = args[0]!
    const detachKeys = await detachKeysOf(context, options.detachKeys)
    checkDetachKeys(detachKeys)
    const { containers } = await context.engine()
    // Asked first, so that the exit cannot be missed however soon it comes.
    const exit = await exitOf(containers, id)
    const container = await inspectRunning(context, id)
    checkTerminal(context, options.noStdin !== true, container.Config?.Tty === true)
    await attach(context, id, container, { ...options, detachKeys })
    const { StatusCode, Error: problem } = await exit.result
    if (problem) throw cliError(problem.Message || 'the daemon reports an error of the container without a message')
    return StatusCode
  },
})

async function exitOf(containers: Containers, id: string): Promise<{ result: Promise<ContainerWaitResponse> }> {
  const result = containers.wait(id).then(({ exited }) => ({ result: exited }))
  // Looked at only once the streams have ended; what is wrong with the container, its inspection says better.
  return result.catch((error: unknown) => {
    const failed = Promise.reject(error as Error)
    failed.catch(() => undefined)
    return { result: failed }
  })
}

async function inspectRunning({ engine, signal }: Context, id: string): Promise<ContainerInspect> {
  const { containers } = await engine()
  const container = await containers.inspect(id, { signal })
  const { Running, Paused, Restarting } = container.State ?? {}
  if (!Running) throw cliError('cannot attach to a stopped container, start it first')
  if (Paused) throw cliError('cannot attach to a paused container, unpause it first')
  if (Restarting) throw cliError('cannot attach to a restarting container, wait until it is running')
  return container
}

async function attach(context: Context, id: string, container: ContainerInspect, options: Options<typeof flags>) {
  const { containers } = await context.engine()
  const { Tty: tty = false, OpenStdin: openStdin = false } = container.Config ?? {}
  const stdin = options.noStdin !== true && openStdin
  const proxied = options.sigProxy !== false && !tty
  const disposers: (() => void)[] = []
  try {
    if (proxied) disposers.push(proxySignals(context, (killSignal) => containers.kill(id, { killSignal })))
    const { signal } = context
    const { detachKeys } = options
    const connection = await containers.attach(id, { stream: true, stdin, stdout: true, stderr: true, detachKeys })
    // It may have ended since; an attachment to a stopped container would wait for ever.
    await inspectRunning(context, id)
    if (tty && context.out.isTerminal) disposers.push(await redraw(context, id, containers))
    const { in: input, out, err } = context
    const streams = { tty, proxied, detachKeys, signal, stdin: stdin ? input : undefined, stdout: out, stderr: err }
    const { detached } = await pumpStreams(context, connection, streams)
    if (detached) throw cliError('read escape sequence')
  } finally {
    for (const dispose of disposers) dispose()
  }
}

/** A program that is attached to again draws itself anew only when its terminal changes: first one size off, then the right one. */
async function redraw(context: Context, id: string, containers: Containers): Promise<() => void> {
  const { height, width } = windowSize(context.out)
  await containers.resize(id, { height: height + 1, width: width + 1 }).catch(() => undefined)
  return followSize(context, (size) => containers.resize(id, size))
}
