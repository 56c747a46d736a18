import type { SwarmService } from '../../../engine/types/service.ts'
import type { SwarmTask } from '../../../engine/types/swarm.ts'
import type { JsonMessage } from '../../../engine/types/system.ts'
import { byteLength, sliceBytes } from '../../../go/strings.ts'

/** What the daemon says at one time of a service that is watched. */
export interface Round {
  readonly service: SwarmService
  /** Those of the service as it is now to be. */
  readonly tasks: readonly SwarmTask[]
  /** The IDs of the nodes that are not down. */
  readonly activeNodes: ReadonlySet<string>
  readonly rollback: boolean
}

/** Follows the tasks of a service in one of its modes, from round to round. */
export interface TaskProgress {
  /** Gives what there is to show, and whether every task is as it should be. */
  update(round: Round): { converged: boolean; messages: JsonMessage[] }
}

/** With more tasks than this, none has a line of its own (docker/cli service/progress maxProgressBars). */
export const MAX_BARS = 20

/** How full the bars of a running task of a service and of a completed one of a job are. */
export const RUNNING = 9
export const COMPLETE = 10

/** The rank of a task's state, higher with each step of its life; 0 for one that is not known. */
export function rank(state = ''): number {
  return ranks.get(state) ?? 0
}

/** Whether a task is up and is meant to be. */
export function isUp({ DesiredState, Status }: SwarmTask): boolean {
  return rank(DesiredState) <= RUNNING && Status?.State === 'running'
}

export function isKnown({ DesiredState, Status }: SwarmTask): boolean {
  return rank(DesiredState) > 0 && rank(Status?.State) > 0
}

/** Whether of two tasks in one place, as after a restart, `task` is shown and not `other`: that meant to live, or to come. */
export function supersedes(task: SwarmTask, other: SwarmTask): boolean {
  const byIntent = rank(other.DesiredState) - rank(task.DesiredState)
  return byIntent === 0 ? rank(other.Status?.State) > rank(task.Status?.State) : byIntent > 0
}

/** A task's line, none for one on its way out. */
export function serviceTaskLine(id: string, task: SwarmTask): JsonMessage[] {
  const isEnding = rank(task.DesiredState) > RUNNING || rank(task.Status?.State) > RUNNING
  return isEnding && !task.Status?.Err ? [] : [taskLine(id, task, RUNNING)]
}

/** A task's error, or its state with a bar that is full at `total`. */
export function taskLine(id: string, { Status }: SwarmTask, total: number): JsonMessage {
  if (Status?.Err) return line(id, shortened(Status.Err))
  const status = (Status?.State ?? '').padEnd(WIDEST_STATE)
  return { id, status, progressDetail: { current: rank(Status?.State), total, hidecounts: true } }
}

/** A line that is redrawn in its place. */
export function line(id: string, status: string): JsonMessage {
  return { id, status, progressDetail: {} }
}

/** How many tasks of a service run. */
export function overallLine(running: number, total: number, rollback: boolean): JsonMessage {
  return line('overall progress', `${rollback ? 'rolling back update: ' : ''}${running} out of ${total} tasks`)
}

/** How many tasks of a job are complete. */
export function jobLine(complete: number, total: number): JsonMessage {
  const status = `${String(complete).padStart(String(total).length)} out of ${total} complete`
  return { id: 'job progress', status, progressDetail: { current: complete, total, hidecounts: true } }
}

/** An error on one line that fits into a narrow terminal, counted in bytes (docker/cli service/progress truncError). */
function shortened(error: string): string {
  const text = error.replaceAll('\n', ' ')
  return byteLength(text) > MAX_ERROR ? `${sliceBytes(text, 0, MAX_ERROR - 1)}…` : text
}

const MAX_ERROR = 75

const WIDEST_STATE = 'allocated'.length

const ranks: ReadonlyMap<string, number> = new Map(
  [
    'new',
    'allocated',
    'pending',
    'assigned',
    'accepted',
    'preparing',
    'ready',
    'starting',
    'running',
    'complete',
    'shutdown',
    'failed',
    'rejected',
  ].map((state, i) => [state, i + 1]),
)
