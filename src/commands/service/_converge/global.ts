import type { SwarmTask } from '../../../engine/types/swarm.ts'
import type { JsonMessage } from '../../../engine/types/system.ts'
import { shortId } from '../../../format/text.ts'
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

/**
 * The progress of a service with a task on every node that meets its constraints. Which nodes those are, only the tasks tell,
 * which come all at once (docker/cli service/progress globalProgressUpdater).
 */
export class GlobalProgress implements TaskProgress {
  #started = false
  #done = false

  update({ tasks, activeNodes, rollback }: Round): { converged: boolean; messages: JsonMessage[] } {
    const chosen = byNode(tasks)
    if (!this.#started && chosen.length === 0) {
      return { converged: false, messages: [line('overall progress', 'waiting for new tasks')] }
    }
    const messages = this.#started ? [] : [overallLine(0, chosen.length, rollback)]
    this.#started = true
    if (this.#done) this.#done = chosen.every(({ Status }) => Status?.State === 'running')
    const active = chosen.filter(({ NodeID = '' }) => activeNodes.has(NodeID))
    if (!this.#done && chosen.length <= MAX_BARS) {
      for (const task of active) messages.push(...serviceTaskLine(shortId(task.NodeID ?? ''), task))
    }
    const running = active.filter(isUp).length
    const converged = running === chosen.length
    if (!this.#done) {
      messages.push(overallLine(running, chosen.length, rollback))
      this.#done = converged
    }
    return { converged, messages }
  }
}

function byNode(tasks: readonly SwarmTask[]): SwarmTask[] {
  const chosen = new Map<string, SwarmTask>()
  for (const task of tasks.filter(isKnown)) {
    const { NodeID = '' } = task
    const other = chosen.get(NodeID)
    if (other === undefined || supersedes(task, other)) chosen.set(NodeID, task)
  }
  return [...chosen.values()]
}
