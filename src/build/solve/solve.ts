import type { Buildkit } from '../buildkit.ts'
import type { Display } from '../progress/display.ts'
import { toNanoseconds } from '../progress/interval.ts'
import { statusReader } from '../progress/messages.ts'
import type { SolveRequest } from '../proto/control.ts'
import type { ExporterResponse } from './metadata.ts'

type Control = Pick<Buildkit['control'], 'solve' | 'status'>

export interface SolveOptions {
  readonly display: Pick<Display, 'update'>
  /** Cancels the build; the display still shows how it ends. */
  readonly signal: AbortSignal
  readonly now: () => Date
  /** Does the build in another way than by the request alone, given what asks for it (for what a frontend is asked besides). */
  readonly alongside?: (signal: AbortSignal) => Promise<void>
}

/**
 * Has BuildKit solve a request and shows how that goes; gives what its exporters say. Throws GrpcError where the build fails, the
 * signal's reason once that aborts, and what the display throws (buildkit client/solve.go).
 */
export async function solve(control: Control, request: SolveRequest, options: SolveOptions): Promise<ExporterResponse> {
  const broken = new AbortController()
  const silence = new Silence()
  const shown = showStatus(control, request.ref ?? '', { ...options, silence }).catch((error: unknown) => {
    broken.abort(error)
    throw error
  })
  // The build's own failure counts more.
  shown.catch(() => undefined)
  const signal = AbortSignal.any([options.signal, broken.signal])
  try {
    const [{ exporterResponse }] = await Promise.all([control.solve(request, { signal }), options.alongside?.(signal)])
    silence.begin(SILENCE)
    await shown
    return exporterResponse
  } catch (error) {
    silence.begin(silence.wasBroken ? SILENCE : SHORT_SILENCE)
    await shown.catch(() => undefined)
    throw error
  } finally {
    silence.end()
  }
}

/** How long the messages of a build that is over may be waited for, in milliseconds. */
const SILENCE = 5000
/** The same for one that failed before it began. */
const SHORT_SILENCE = 1500

async function showStatus(
  control: Control,
  ref: string,
  { display, now, silence }: SolveOptions & { silence: Silence },
): Promise<void> {
  const read = statusReader(toNanoseconds(now()))
  try {
    for await (const message of control.status({ ref }, { signal: silence.signal })) {
      silence.break()
      await display.update(read(message))
    }
  } catch (error) {
    if (!silence.signal.aborted) throw error
  }
}

/** Ends a stream when nothing has come for some time after its end is expected. */
class Silence {
  /** Whether anything has come at all. */
  wasBroken = false
  private readonly ending = new AbortController()
  private timer: NodeJS.Timeout | undefined

  get signal(): AbortSignal {
    return this.ending.signal
  }

  begin(milliseconds: number): void {
    this.timer ??= setTimeout(() => this.ending.abort(), milliseconds)
  }

  break(): void {
    this.wasBroken = true
    this.timer?.refresh()
  }

  end(): void {
    clearTimeout(this.timer)
  }
}
