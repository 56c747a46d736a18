import { setMaxListeners } from 'node:events'
import { atLeast, command } from '../../cli/command.ts'
import { joinErrors } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { Engine } from '../../engine/engine.ts'
import { jsonMessages } from '../../engine/ndjson.ts'
import type { EventMessage } from '../../engine/types/system.ts'
import { wires } from '../../engine/wires.ts'
import { statsRow, statsView } from '../../format/views/stats.ts'
import { listRenderer } from '../_list.ts'
import { StatsWatch } from './_stats-collect.ts'

const flags = {
  all: bool('Include stopped containers', { short: 'a' }),
  noStream: bool('Print one sample and exit'),
  noTrunc: bool('Do not truncate values'),
  format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
}

/** Milliseconds between two drawings. */
const interval = 500

export default command({
  path: ['container stats', 'stats'],
  summary: 'Show live resource usage of containers',
  args: atLeast(0, '[CONTAINER...]'),
  flags,
  complete: 'container-running',
  async run(context, { args, options }) {
    const stop = new AbortController()
    const signal = AbortSignal.any([context.signal, stop.signal])
    // Each container's request listens to it; Node warns of more than ten.
    setMaxListeners(0, signal)
    try {
      await showStats(context, args, options, signal)
    } catch (error) {
      // Ending it by a signal is the usual way out.
      if (!context.signal.aborted) throw error
    } finally {
      stop.abort()
    }
  },
})

async function showStats(
  context: Context,
  names: readonly string[],
  options: Options<typeof flags>,
  signal: AbortSignal,
): Promise<void> {
  const engine = await context.engine()
  const osType = await engine.ping(signal).then(
    (ping) => ping.osType,
    () => '',
  )
  const watch = new StatsWatch(engine.containers, { stream: options.noStream !== true, osType, signal })
  const ended = names.length === 0 ? await watchAll(engine, watch, options.all === true, signal) : undefined
  for (const name of names) watch.add(name)
  await watch.ready()
  if (names.length > 0 && watch.errors().length > 0) throw joinErrors(watch.errors())
  const draw = await drawing(context, watch, osType, options)
  if (options.noStream === true) return context.out.write(watch.entries().length === 0 ? '' : await draw())
  await redraw(context, draw, ended)
}

/** Watches what runs, now and later, and gives the promise that settles when the daemon tells no more. */
async function watchAll(engine: Engine, watch: StatsWatch, all: boolean, signal: AbortSignal): Promise<Events> {
  // Listening begins first, so that no container is missed between the two.
  const ended = followEvents(engine, watch, all, signal)
  await ended.listening
  for (const { Id } of await engine.containers.list({ all, signal })) watch.add(Id)
  return ended
}

interface Events {
  /** Resolves once the daemon listens, or will not. */
  readonly listening: Promise<void>
  /** Resolves at the end of the events; rejects with what ended them. */
  readonly ended: Promise<void>
}

function followEvents({ system }: Engine, watch: StatsWatch, all: boolean, signal: AbortSignal): Events {
  const opened = system.eventBody({ filters: { type: ['container'] }, signal })
  const ended = (async () => {
    for await (const { Action, Actor } of jsonMessages<EventMessage>(await opened, wires.event)) {
      if (Action === 'start' || (all && Action === 'create')) watch.add(Actor.ID)
      // A stopped container may come back, which --all waits for.
      if (Action === 'destroy' || (!all && Action === 'die')) watch.remove(Actor.ID)
    }
  })()
  ended.catch(() => undefined)
  return {
    listening: opened.then(
      () => undefined,
      () => undefined,
    ),
    ended,
  }
}

async function drawing(context: Context, watch: StatsWatch, osType: string, options: Options<typeof flags>) {
  const render = await listRenderer(context, statsView(osType), { format: options.format })
  const shown = { osType, truncate: options.noTrunc !== true }
  return () => render(watch.entries().map((entry) => statsRow(entry, shown)))
}

/** Draws again and again over what was there, until the events end or the signal comes. */
async function redraw({ out, signal }: Context, draw: () => Promise<Uint8Array>, events?: Events): Promise<void> {
  const ended = events?.ended.then(
    () => true,
    (error: unknown) => {
      if (isEof(error)) return true
      throw error
    },
  )
  while (!(await pauseOr(ended, signal))) {
    const lines = Buffer.from(await draw())
      .toString('latin1')
      .split('\n')
    await out.send(Buffer.from(`\x1b[H${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`, 'latin1'))
  }
}

/** Waits for the next drawing; true when there will be none. */
async function pauseOr(ended: Promise<boolean> | undefined, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return true
  let timer: NodeJS.Timeout | undefined
  let wake = (): void => undefined
  const pause = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), interval)
    wake = () => resolve(true)
    signal.addEventListener('abort', wake, { once: true })
  })
  try {
    return await Promise.race([pause, ...(ended === undefined ? [] : [ended])])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', wake)
  }
}

/** Whether the daemon went away, which ends the display without an error. */
function isEof(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === 'transport/eof' || code === 'transport/unexpected-eof'
}
