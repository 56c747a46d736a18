import type { Containers } from '../../engine/containers.ts'
import { jsonMessages } from '../../engine/ndjson.ts'
import { wires } from '../../engine/wires.ts'
import type { ContainerStats } from '../../engine/types/stats.ts'
import type { StatsEntry } from '../../format/views/stats.ts'
import { figuresOf } from './_stats-figures.ts'

/** After this many milliseconds without a sample, the last one no longer counts. */
const timeoutMs = 2000

const nothing = figuresOf({}, '')

/** How to watch containers. */
export interface WatchOptions {
  readonly stream: boolean
  readonly osType: string
  readonly signal: AbortSignal
}

/** A container being watched: its last sample, and what went wrong. */
interface Watched {
  entry: StatsEntry
  error: unknown
}

/** Containers whose use is followed, each by a request of its own. */
export class StatsWatch {
  readonly #containers: Containers
  readonly #options: WatchOptions
  readonly #watched = new Map<string, Watched & { first: Promise<void> }>()

  constructor(containers: Containers, options: WatchOptions) {
    this.#containers = containers
    this.#options = options
  }

  /** Follows a container from now on, unless it already is. */
  add(id: string): void {
    if (this.#watched.has(id)) return
    const watched: Watched = { entry: { container: id, id: '', name: '', figures: nothing }, error: undefined }
    // Resolves with the first sample, or when there will be none.
    const first = new Promise<void>((ready) => void this.#follow(watched, ready))
    this.#watched.set(id, Object.assign(watched, { first }))
  }

  remove(id: string): void {
    this.#watched.delete(id)
  }

  /** Waits until every container has had its chance to answer. */
  async ready(): Promise<void> {
    await Promise.all([...this.#watched.values()].map(({ first }) => first))
  }

  entries(): StatsEntry[] {
    return [...this.#watched.values()].map(({ entry }) => entry)
  }

  errors(): unknown[] {
    return [...this.#watched.values()].map(({ error }) => error).filter((error) => error !== undefined)
  }

  async #follow(watched: Watched, ready: () => void): Promise<void> {
    const { stream, osType, signal } = this.#options
    const { container } = watched.entry
    const fail = (error: unknown): void => {
      watched.error = error
      watched.entry = { ...watched.entry, figures: undefined }
      ready()
    }
    const timer = setTimeout(() => {
      fail(new Error('timeout waiting for stats'))
      if (stream) timer.refresh()
    }, timeoutMs)
    try {
      const { body } = await this.#containers.stats(container, { stream, signal })
      for await (const stats of jsonMessages<ContainerStats>(body, wires.containerStats)) {
        watched.error = undefined
        const { id = '', name = '' } = stats
        watched.entry = { container, id, name, figures: figuresOf(stats, osType) }
        ready()
        timer.refresh()
        if (!stream) return
      }
      fail(new Error('EOF'))
    } catch (error) {
      fail(error)
    } finally {
      clearTimeout(timer)
    }
  }
}
