import type { SwarmService } from '../../../engine/types/service.ts'
import type { SwarmNode, SwarmTask } from '../../../engine/types/swarm.ts'
import type { JsonMessage } from '../../../engine/types/system.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { GlobalProgress } from './global.ts'
import { GlobalJobProgress, ReplicatedJobProgress } from './jobs.ts'
import { ReplicatedProgress } from './replicated.ts'
import { line, type TaskProgress } from './task-progress.ts'

/**
 * Finds out, from one poll of a service to the next, whether it is as it is meant to be: all tasks up, and still up when the time is
 * over in which a failure would count against the update. Gives what there is to show (docker/cli service/progress ServiceProgress).
 */
export class Convergence {
  /** Whether all tasks were as they should be at the last poll. */
  converged = false
  /** Whether polling can stop. */
  isOver = false
  readonly #id: string
  #progress: TaskProgress | undefined
  #monitor = 5000
  #rollback = false
  #convergedAt: number | undefined
  #rolledBack: JsonMessage | undefined

  /** `id` is what the messages call the service. */
  constructor(id: string) {
    this.#id = id
  }

  /** Takes the service at the time `now`, in milliseconds. Throws for an update that stopped and a mode that is not known. */
  inspected(service: SwarmService, now: number): JsonMessage[] {
    const { Monitor = 0 } = service.Spec?.UpdateConfig ?? {}
    if (Monitor !== 0) this.#monitor = Monitor / 1e6
    this.#progress ??= progressOf(service)
    const messages = this.#updated(service)
    if (this.isOver || !this.converged || now - (this.#convergedAt ?? now) < this.#monitor) return messages
    this.isOver = true
    messages.push(line('verify', `Service ${this.#id} converged`))
    if (this.#rolledBack !== undefined) messages.push(this.#rolledBack)
    return messages
  }

  /** Takes the service's tasks and all nodes; throws for a service that has changed its mode. */
  counted(service: SwarmService, tasks: readonly SwarmTask[], nodes: readonly SwarmNode[], now: number): JsonMessage[] {
    const activeNodes = new Set(nodes.filter(({ Status }) => Status?.State !== 'down').map(({ ID }) => ID))
    const round = { service, tasks, activeNodes, rollback: this.#rollback }
    const { converged, messages } = this.#progress!.update(round)
    this.converged = converged
    if (!converged) {
      if (this.#convergedAt !== undefined) messages.push(line('verify', 'Detected task failure'))
      this.#convergedAt = undefined
    } else if (service.JobStatus) {
      // What a job has completed stays so.
      this.isOver = true
      messages.push({ status: 'job complete' })
    } else {
      this.#convergedAt ??= now
      const wait = this.#monitor - (now - this.#convergedAt) - INSTANT
      const seconds = Math.trunc(wait / 1000) + 1
      if (wait >= 0) messages.push(line('verify', `Waiting ${seconds} seconds to verify that tasks are stable...`))
    }
    return messages
  }

  /** Takes what the daemon says of the update under way. */
  #updated({ UpdateStatus }: SwarmService): JsonMessage[] {
    const { State = '', Message = '' } = UpdateStatus ?? {}
    switch (State) {
      case 'updating':
        this.#rollback = false
        break
      case 'completed':
        this.isOver = !this.converged
        break
      case 'paused':
        throw cliError(`service update paused: ${Message}`)
      case 'rollback_paused':
        throw cliError(`service rollback paused: ${Message}`)
      case 'rollback_started': {
        const isNew = !this.#rollback && Message !== ''
        this.#rollback = true
        return isNew ? [line('rollback', Message)] : []
      }
      case 'rollback_completed':
        if (!this.converged) this.#rolledBack = { id: 'rollback', status: Message }
        this.#rollback = true
    }
    return []
  }
}

/** What a clock that counts nanoseconds sees pass from one line of code to the next: five seconds are announced as 5, not 6. */
const INSTANT = 1e-4

function progressOf(service: SwarmService): TaskProgress {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = service.Spec?.Mode ?? {}
  if (typeof Replicated?.Replicas === 'number') return new ReplicatedProgress()
  if (Global) return new GlobalProgress()
  if (ReplicatedJob) return new ReplicatedJobProgress(service)
  if (GlobalJob) return new GlobalJobProgress()
  throw cliError('unrecognized service mode')
}
