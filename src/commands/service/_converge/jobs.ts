import type { SwarmService } from '../../../engine/types/service.ts'
import type { SwarmTask } from '../../../engine/types/swarm.ts'
import type { JsonMessage } from '../../../engine/types/system.ts'
import {
  COMPLETE,
  isKnown,
  jobLine,
  line,
  MAX_BARS,
  rank,
  type Round,
  type TaskProgress,
  taskLine,
} from './task-progress.ts'

/**
 * The progress of a job that is to complete a number of times: how often it did, and how many of its tasks are on their way of
 * those that may be at once (docker/cli service/progress replicatedJobProgressUpdater).
 */
export class ReplicatedJobProgress implements TaskProgress {
  readonly #total: number
  readonly #concurrent: number
  #started = false

  constructor({ Spec }: SwarmService) {
    this.#total = Spec?.Mode?.ReplicatedJob?.TotalCompletions ?? 0
    this.#concurrent = Spec?.Mode?.ReplicatedJob?.MaxConcurrent ?? 0
  }

  update({ service, tasks }: Round): { converged: boolean; messages: JsonMessage[] } {
    const messages = this.#started ? [] : this.#opening()
    this.#started = true
    const ofThisRun = tasks.filter((task) => isOfRun(task, service) && isKnown(task))
    const shown = earliest(ofThisRun, ({ Slot = 0 }) => Slot).toSorted((a, b) => (a.Slot ?? 0) - (b.Slot ?? 0))
    if (this.#total <= MAX_BARS) {
      for (const task of shown) messages.push(taskLine(`${(task.Slot ?? 0) + 1}/${this.#total}`, task, COMPLETE))
    }
    const active = shown.filter(({ Status }) => rank(Status?.State) < COMPLETE).length
    const complete = shown.filter(isComplete).length
    messages.push(...this.#overall(active, complete))
    return { converged: complete === this.#total, messages }
  }

  #opening(): JsonMessage[] {
    const messages = this.#overall(0, 0)
    if (this.#total > MAX_BARS) return messages
    for (let i = 1; i <= this.#total; i++) messages.push(line(`${i}/${this.#total}`, ' '))
    return messages
  }

  #overall(active: number, complete: number): JsonMessage[] {
    const pad = (count: number): string => String(count).padStart(String(this.#concurrent).length)
    const wanted = Math.min(this.#total - complete, this.#concurrent)
    return [jobLine(complete, this.#total), line('active tasks', `${pad(active)} out of ${pad(wanted)} tasks`)]
  }
}

/**
 * The progress of a job that is to complete on every node that it started on; nodes that join later are not waited for
 * (docker/cli service/progress globalJobProgressUpdater).
 */
export class GlobalJobProgress implements TaskProgress {
  #nodes: ReadonlySet<string> | undefined

  update({ service, tasks, activeNodes }: Round): { converged: boolean; messages: JsonMessage[] } {
    if (this.#nodes === undefined && tasks.length === 0 && activeNodes.size > 0) {
      return { converged: false, messages: [line('job progress', 'waiting for tasks')] }
    }
    const ofThisRun = tasks.filter((task) => isOfRun(task, service))
    const messages: JsonMessage[] = []
    if (this.#nodes === undefined) {
      this.#nodes = new Set(ofThisRun.map(({ NodeID = '' }) => NodeID))
      messages.push(jobLine(0, this.#nodes.size))
    }
    const nodes = this.#nodes
    const awaited = ofThisRun.filter(({ NodeID = '' }) => nodes.has(NodeID))
    const shown = earliest(awaited, ({ NodeID = '' }) => NodeID)
    if (nodes.size <= MAX_BARS) {
      for (const task of shown) messages.push(taskLine(task.NodeID ?? '', task, COMPLETE))
    }
    const complete = shown.filter(isComplete).length
    messages.push(jobLine(complete, nodes.size))
    return { converged: complete === nodes.size, messages }
  }
}

function isOfRun({ JobIteration }: SwarmTask, { JobStatus }: SwarmService): boolean {
  return !!JobIteration && (JobIteration.Index ?? 0) === (JobStatus?.JobIteration?.Index ?? 0)
}

function isComplete({ Status }: SwarmTask): boolean {
  return Status?.State === 'complete'
}

/** Of the tasks in one place that which has come less far: another try after a failure. */
function earliest<K>(tasks: readonly SwarmTask[], placeOf: (task: SwarmTask) => K): SwarmTask[] {
  const chosen = new Map<K, SwarmTask>()
  for (const task of tasks) {
    const other = chosen.get(placeOf(task))
    if (other === undefined || rank(other.Status?.State) > rank(task.Status?.State)) chosen.set(placeOf(task), task)
  }
  return [...chosen.values()]
}
