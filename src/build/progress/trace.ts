import type { Nanoseconds, SolveStatus, Vertex } from './status.ts'
import { Step } from './step.ts'

/** What a build has done so far: its steps as they are shown, fed with the messages of the Status stream (buildkit progressui). */
export class Trace {
  /** The steps that have started, in that order. */
  readonly started: Step[] = []
  /** The steps with something that was not printed yet. */
  readonly changed = new Set<Step>()
  /** When the build began, by the clock of the one who sends the times. */
  begin: Nanoseconds | undefined
  /** What is to be added to a time of the builder's to have it by our clock. */
  clockDifference: Nanoseconds | undefined
  private readonly byDigest = new Map<string, Step>()
  private readonly seen = new Map<string, Vertex>()
  private readonly groups = new Map<string, StepGroup>()

  /** All steps once, those that have not started among them; vertexes of a group count as the group. */
  get steps(): readonly Step[] {
    return [...new Set(this.byDigest.values())].filter((step) => !step.hidden)
  }

  /** Takes one message, received at `now`; `onLog` is told which step printed what. */
  update(status: SolveStatus, now: Nanoseconds, onLog?: (step: Step, data: Uint8Array) => void): void {
    const groups = new Set<StepGroup>()
    for (const vertex of status.vertexes ?? []) {
      this.begin ??= vertex.started
      if (vertex.group === undefined) this.addVertex(vertex, now)
      else groups.add(this.addMember(vertex, vertex.group))
    }
    for (const group of groups) this.refresh(group, now)
    for (const part of status.statuses ?? []) this.touch(part.vertex, now, (step) => step.addStatus(part))
    for (const warning of status.warnings ?? []) {
      const step = this.byDigest.get(warning.vertex)
      step?.warnings.push(warning)
      step?.happened(now)
    }
    for (const log of status.logs ?? []) {
      this.touch(log.vertex, now, (step) => {
        onLog?.(step, log.data)
        step.addLog(log)
      })
    }
  }

  private addVertex(vertex: Vertex, now: Nanoseconds): void {
    const known = this.byDigest.get(vertex.digest)
    const step = known ?? new Step(vertex)
    this.byDigest.set(vertex.digest, step)
    const wasStarted = step.isStarted
    // A vertex may be announced again; that does not undo what is known of it.
    if (!wasStarted || vertex.started !== undefined) step.vertex = vertex
    if (vertex.started === undefined) return
    if (this.isNews(vertex)) {
      step.happened(now)
      this.changed.add(step)
    }
    this.seen.set(vertex.digest, vertex)
    if (!wasStarted) this.begun(step, vertex.started, now)
    step.ran(vertex)
  }

  private begun(step: Step, at: Nanoseconds, now: Nanoseconds): void {
    this.clockDifference ??= now - at
    this.started.push(step)
  }

  private isNews(vertex: Vertex): boolean {
    const old = this.seen.get(vertex.digest)
    return (
      old === undefined ||
      vertex.name !== old.name ||
      vertex.started !== old.started ||
      (vertex.completed !== undefined && vertex.completed !== old.completed) ||
      vertex.cached !== old.cached ||
      vertex.error !== old.error
    )
  }

  private addMember(vertex: Vertex, { id, name }: NonNullable<Vertex['group']>): StepGroup {
    let group = this.groups.get(id)
    if (group === undefined) {
      group = { step: new Step({ name, cached: false, error: '' }), members: new Map() }
      group.step.hidden = true
      this.groups.set(id, group)
      this.byDigest.set(id, group.step)
    }
    group.members.set(vertex.digest, vertex)
    this.byDigest.set(vertex.digest, group.step)
    return group
  }

  /** A group runs when one of its members does, is cached when all are, and fails with the first that does. */
  private refresh({ step, members }: StepGroup, now: Nanoseconds): void {
    const wasHidden = step.hidden
    const all = [...members.values()]
    let changed = false
    for (const member of all) {
      if (member.started === undefined) continue
      if (step.ran(member)) changed = true
      if (member.group?.weak === false) step.hidden = false
    }
    const failed = all.find(({ error }) => error !== '')
    if (failed !== undefined) step.hidden = false
    const { cached, error, name } = step.vertex
    step.vertex = { name, cached: all.every((one) => one.cached), error: error || (failed?.error ?? '') }
    changed ||= step.vertex.cached !== cached || step.vertex.error !== error
    if (step.hidden) return
    if (wasHidden) this.begun(step, step.intervals[0]?.start ?? now, now)
    if (!changed && !wasHidden) return
    step.happened(now)
    this.changed.add(step)
  }

  private touch(digest: string, now: Nanoseconds, act: (step: Step) => void): void {
    const step = this.byDigest.get(digest)
    if (step === undefined) return
    act(step)
    step.happened(now)
    this.changed.add(step)
  }
}

interface StepGroup {
  readonly step: Step
  readonly members: Map<string, Vertex>
}
