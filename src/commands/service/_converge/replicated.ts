import type { SwarmTask } from '../../../engine/types/swarm.ts'
import type { JsonMessage } from '../../../engine/types/system.ts'
import {
  isKnown,
  isUp,
  line,
  MAX_BARS,
  overallLine,
  type Round,
  serviceTaskLine,
  supersedes,
  type TaskProgress,
} from './task-progress.ts'

/** The progress of a service with a number of replicas (docker/cli service/progress replicatedProgressUpdater). */
export class ReplicatedProgress implements TaskProgress {
  /** Slots as counted from 1 without gaps. */
  readonly #positions = new Map<number, number>()
  #started = false
  #done = false

  update({ service, tasks, activeNodes, rollback }: Round): { converged: boolean; messages: JsonMessage[] } {
    const replicas = service.Spec?.Mode?.Replicated?.Replicas
    if (replicas === undefined || replicas === null) throw new Error('no replica count')
    const messages = this.#started ? [] : opening(replicas, rollback)
    this.#started = true
    const shown = bySlot(tasks, activeNodes)
    if (this.#done) this.#done = shown.every(({ Status }) => Status?.State === 'running')
    for (const task of shown) {
      const position = this.#position(task.Slot ?? 0)
      if (this.#done || replicas > MAX_BARS || position > replicas) continue
      messages.push(...serviceTaskLine(`${position}/${replicas}`, task))
    }
    const running = shown.filter(isUp).length
    const converged = running === replicas
    if (!this.#done) {
      messages.push(overallLine(running, replicas, rollback))
      this.#done = converged
    }
    return { converged, messages }
  }

  #position(slot: number): number {
    const position = this.#positions.get(slot) ?? this.#positions.size + 1
    this.#positions.set(slot, position)
    return position
  }
}

/** The lines in their order, before anything is known of the tasks. */
function opening(replicas: number, rollback: boolean): JsonMessage[] {
  const messages = [overallLine(0, replicas, rollback)]
  if (replicas > MAX_BARS) return messages
  for (let i = 1; i <= replicas; i++) messages.push(line(`${i}/${replicas}`, ' '))
  return messages
}

function bySlot(tasks: readonly SwarmTask[], activeNodes: ReadonlySet<string>): SwarmTask[] {
  const chosen = new Map<number, SwarmTask>()
  for (const task of tasks) {
    const { Slot = 0, NodeID = '' } = task
    const other = chosen.get(Slot)
    if (!isKnown(task) || (other !== undefined && !supersedes(task, other))) continue
    if (NodeID === '' || activeNodes.has(NodeID)) chosen.set(Slot, task)
  }
  return [...chosen.values()].toSorted((a, b) => (a.Slot ?? 0) - (b.Slot ?? 0))
}
