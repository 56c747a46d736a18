import { describe, expect, it } from 'vitest'
import { GlobalProgress } from '../../../../src/commands/service/_converge/global.ts'
import { GlobalJobProgress, ReplicatedJobProgress } from '../../../../src/commands/service/_converge/jobs.ts'
import { ReplicatedProgress } from '../../../../src/commands/service/_converge/replicated.ts'
import type { TaskProgress } from '../../../../src/commands/service/_converge/task-progress.ts'
import type { ServiceSpec, SwarmService } from '../../../../src/engine/types/service.ts'
import type { SwarmTask } from '../../../../src/engine/types/swarm.ts'

function service(Mode: ServiceSpec['Mode'], iteration?: number): SwarmService {
  const job = iteration === undefined ? {} : { JobStatus: { JobIteration: { Index: iteration } } }
  return { ID: 's1', Spec: { ...(Mode && { Mode }) }, ...job }
}

interface Place {
  slot?: number
  node?: string
  desired?: string
  error?: string
  run?: number
}

function task(state: string, { slot = 0, node = '', desired = 'running', error, run }: Place = {}): SwarmTask {
  return {
    ID: `task-${slot}-${node}`,
    ...(slot !== 0 && { Slot: slot }),
    NodeID: node,
    DesiredState: desired,
    Status: { State: state, ...(error !== undefined && { Err: error }) },
    ...(run !== undefined && { JobIteration: run === 0 ? {} : { Index: run } }),
  }
}

/** Shows successive rounds to a TaskProgress: what comes out, bars as `[current/total]`. */
function watch(progress: TaskProgress, of: SwarmService, active: readonly string[] = ['a', 'b'], rollback = false) {
  return (tasks: SwarmTask[]) => {
    const { converged, messages } = progress.update({ service: of, tasks, activeNodes: new Set(active), rollback })
    const lines = messages.map(({ id, status, progressDetail: bar }) => {
      return `${id}: ${status}${bar?.total === undefined ? '' : ` [${bar.current}/${bar.total}]`}`
    })
    return { converged, lines }
  }
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe('a service with one replica', () => {
  const of = service({ Replicated: { Replicas: 1 } })
  const start = () => {
    const round = watch(new ReplicatedProgress(), of)
    round([])
    return round
  }

  it('has its lines from the start', () => {
    expect(watch(new ReplicatedProgress(), of)([])).toEqual({
      converged: false,
      lines: ['overall progress: 0 out of 1 tasks', '1/1:  ', 'overall progress: 0 out of 1 tasks'],
    })
  })

  it('does not show a task that is to end, nor one in a state that is not known', () => {
    const round = start()
    const expected = { converged: false, lines: ['overall progress: 0 out of 1 tasks'] }
    expect(round([task('new', { node: 'a', desired: 'shutdown' })])).toEqual(expected)
    expect(round([task('dreaming', { node: 'a' })])).toEqual(expected)
    expect(round([task('new', { node: 'a', desired: '' })])).toEqual(expected)
  })

  it('follows its task, an error in place of the bar', () => {
    const round = start()
    const waiting = 'overall progress: 0 out of 1 tasks'
    expect(round([task('new', { node: 'a' })]).lines).toEqual(['1/1: new       [1/9]', waiting])
    expect(round([task('new', { node: 'a', error: 'something is wrong' })]).lines).toEqual([
      '1/1: something is wrong',
      waiting,
    ])
    expect(round([task('running', { node: 'a' })])).toEqual({
      converged: true,
      lines: ['1/1: running   [9/9]', 'overall progress: 1 out of 1 tasks'],
    })
    expect(round([task('running', { node: 'a' })])).toEqual({ converged: true, lines: [] })
    const failed = task('failed', { node: 'a', error: 'task failed' })
    expect(round([failed])).toEqual({ converged: false, lines: ['1/1: task failed', waiting] })
  })

  it('shows the task that takes the place of a failed one, and then that which is still to come', () => {
    const round = start()
    const failed = task('failed', { node: 'a', error: 'task failed', desired: 'shutdown' })
    const next = task('running', { node: 'b' })
    expect(round([failed, next])).toEqual({
      converged: true,
      lines: ['1/1: running   [9/9]', 'overall progress: 1 out of 1 tasks'],
    })
    expect(round([failed, next, task('preparing', { node: 'b' })])).toEqual({
      converged: false,
      lines: ['1/1: preparing [6/9]', 'overall progress: 0 out of 1 tasks'],
    })
  })

  it('leaves out tasks of nodes that are down', () => {
    expect(start()([task('running', { node: 'gone' })]).lines).toEqual(['overall progress: 0 out of 1 tasks'])
  })

  it('says so where it goes back', () => {
    expect(watch(new ReplicatedProgress(), of, ['a'], true)([]).lines[0]).toBe(
      'overall progress: rolling back update: 0 out of 1 tasks',
    )
  })

  it('cuts long errors to 75 bytes on one line', () => {
    const shown = (error: string) => start()([task('failed', { node: 'a', error })]).lines[0]
    expect(shown('x'.repeat(75))).toBe(`1/1: ${'x'.repeat(75)}`)
    expect(shown(`a\nb${'x'.repeat(80)}`)).toBe(`1/1: a b${'x'.repeat(71)}…`)
    expect(shown('é'.repeat(38))).toBe(`1/1: ${'é'.repeat(37)}…`)
  })
})

it('shows the replicas in the order of their slots, whatever numbers those have', () => {
  const round = watch(new ReplicatedProgress(), service({ Replicated: { Replicas: 2 } }))
  round([])
  const tasks = [task('new', { slot: 7, node: 'b' }), task('running', { slot: 3, node: 'a' })]
  expect(round(tasks).lines.slice(0, 2)).toEqual(['1/2: running   [9/9]', '2/2: new       [1/9]'])
})

it('shows one line for a service with many replicas', () => {
  const round = watch(new ReplicatedProgress(), service({ Replicated: { Replicas: 50 } }))
  const none = 'overall progress: 0 out of 50 tasks'
  expect(round([])).toEqual({ converged: false, lines: [none, none] })
  const tasks: SwarmTask[] = []
  for (const i of numbers(50)) {
    const place = { slot: i + 1, node: i % 2 === 1 ? 'b' : 'a' }
    expect(round([...tasks, task('new', place)]).lines).toEqual([`overall progress: ${i} out of 50 tasks`])
    tasks.push(task('running', place))
    const lines = [`overall progress: ${i + 1} out of 50 tasks`]
    expect(round(tasks)).toEqual({ converged: i === 49, lines })
  }
})

describe('a global service', () => {
  const of = service({ Global: {} })

  it('waits for the first tasks', () => {
    const round = watch(new GlobalProgress(), of)
    expect(round([])).toEqual({ converged: false, lines: ['overall progress: waiting for new tasks'] })
    const none = 'overall progress: 0 out of 1 tasks'
    expect(round([task('new', { node: 'a', desired: 'shutdown' })])).toEqual({ converged: false, lines: [none, none] })
  })

  it('follows the task of each node', () => {
    const round = watch(new GlobalProgress(), of)
    const none = 'overall progress: 0 out of 1 tasks'
    expect(round([task('new', { node: 'a' })]).lines).toEqual([none, 'a: new       [1/9]', none])
    expect(round([task('new', { node: 'a', error: 'something is wrong' })]).lines).toEqual([
      'a: something is wrong',
      none,
    ])
    const running = { converged: true, lines: ['a: running   [9/9]', 'overall progress: 1 out of 1 tasks'] }
    expect(round([task('running', { node: 'a' })])).toEqual(running)
    const failed = { node: 'a', error: 'task failed' }
    expect(round([task('failed', failed)])).toEqual({ converged: false, lines: ['a: task failed', none] })
    const restarted = [task('failed', { ...failed, desired: 'shutdown' }), task('running', { node: 'a' })]
    expect(round(restarted)).toEqual(running)
    expect(round([...restarted, task('preparing', { node: 'a' })])).toEqual({
      converged: false,
      lines: ['a: preparing [6/9]', none],
    })
  })

  it('shows one line for many nodes, and waits for those that are down', () => {
    const nodes = numbers(50).map((i) => `node${i}`)
    const round = watch(new GlobalProgress(), of, nodes)
    const tasks = (up: number) => nodes.map((node, i) => task(i < up ? 'running' : 'new', { node }))
    const none = 'overall progress: 0 out of 50 tasks'
    expect(round(tasks(0))).toEqual({ converged: false, lines: [none, none] })
    const last = 'overall progress: 50 out of 50 tasks'
    expect(round([...tasks(50), task('running', { node: 'down' })]).converged).toBe(false)
    expect(round(tasks(50))).toEqual({ converged: true, lines: [last] })
  })
})

describe('a job with a number of completions', () => {
  const of = service({ ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } }, 1)
  const job = (state: string, slot: number, more: Place = {}) =>
    task(state, { slot, desired: 'complete', run: 1, ...more })
  const start = () => {
    const round = watch(new ReplicatedJobProgress(of), of)
    round([])
    return round
  }

  it('has its lines from the start, and leaves out tasks of former runs', () => {
    const old = [job('new', 0, { run: 0 }), job('complete', 1, { run: 0 }), task('complete', { slot: 2 })]
    const overall = ['job progress: 0 out of 5 complete [0/5]', 'active tasks: 0 out of 2 tasks']
    expect(watch(new ReplicatedJobProgress(of), of)(old)).toEqual({
      converged: false,
      lines: [...overall, '1/5:  ', '2/5:  ', '3/5:  ', '4/5:  ', '5/5:  ', ...overall],
    })
  })

  it('follows its tasks to the end', () => {
    const round = start()
    const done = (slots: number) => numbers(slots).map((slot) => job('complete', slot))
    const completed = (slots: number) => numbers(slots).map((slot) => `${slot + 1}/5: complete  [10/10]`)
    expect(round([job('preparing', 0), job('assigned', 1)]).lines).toEqual([
      '1/5: preparing [6/10]',
      '2/5: assigned  [4/10]',
      'job progress: 0 out of 5 complete [0/5]',
      'active tasks: 2 out of 2 tasks',
    ])
    expect(round([...done(2), job('running', 2), job('failed', 3, { error: 'the task failed' })]).lines).toEqual([
      ...completed(2),
      '3/5: running   [9/10]',
      '4/5: the task failed',
      'job progress: 2 out of 5 complete [2/5]',
      'active tasks: 1 out of 2 tasks',
    ])
    expect(round([...done(4), job('running', 4)]).lines.slice(4)).toEqual([
      '5/5: running   [9/10]',
      'job progress: 4 out of 5 complete [4/5]',
      'active tasks: 1 out of 1 tasks',
    ])
    expect(round(done(5))).toEqual({
      converged: true,
      lines: [...completed(5), 'job progress: 5 out of 5 complete [5/5]', 'active tasks: 0 out of 0 tasks'],
    })
  })

  it('shows another try in place of a failure', () => {
    const failed = job('failed', 2, { error: 'the task failed' })
    expect(start()([failed, job('running', 2)]).lines[0]).toBe('3/5: running   [9/10]')
    expect(start()([job('running', 2), failed]).lines[0]).toBe('3/5: running   [9/10]')
  })

  it('shows two lines for many completions, their numbers aligned', () => {
    const many = service({ ReplicatedJob: { MaxConcurrent: 10, TotalCompletions: 50 } }, 0)
    const round = watch(new ReplicatedJobProgress(many), many)
    const none = ['job progress:  0 out of 50 complete [0/50]', 'active tasks:  0 out of 10 tasks']
    expect(round([])).toEqual({ converged: false, lines: [...none, ...none] })
    const tasks = numbers(50).map((slot) => job(slot < 45 ? 'complete' : 'running', slot, { run: 0 }))
    expect(round(tasks).lines).toEqual([
      'job progress: 45 out of 50 complete [45/50]',
      'active tasks:  5 out of  5 tasks',
    ])
  })
})

describe('a global job', () => {
  const of = service({ GlobalJob: {} }, 1)
  const job = (state: string, node: string, more: Place = {}) =>
    task(state, { node, desired: 'complete', run: 1, ...more })

  it('waits for the first tasks, and then for those nodes alone', () => {
    const round = watch(new GlobalJobProgress(), of, ['a', 'b', 'c'])
    expect(round([])).toEqual({ converged: false, lines: ['job progress: waiting for tasks'] })
    const old = [job('complete', 'a', { run: 0 }), job('complete', 'b', { run: 0 })]
    expect(round([...old, job('new', 'a'), job('new', 'b')])).toEqual({
      converged: false,
      lines: [
        'job progress: 0 out of 2 complete [0/2]',
        'a: new       [1/10]',
        'b: new       [1/10]',
        'job progress: 0 out of 2 complete [0/2]',
      ],
    })
    expect(round([job('failed', 'a', { error: 'task failed' }), job('complete', 'b'), job('new', 'c')])).toEqual({
      converged: false,
      lines: ['a: task failed', 'b: complete  [10/10]', 'job progress: 1 out of 2 complete [1/2]'],
    })
    expect(round([job('failed', 'a'), job('preparing', 'a'), job('complete', 'b')]).lines[0]).toBe(
      'a: preparing [6/10]',
    )
    expect(round([job('complete', 'a'), job('complete', 'b')]).converged).toBe(true)
  })

  it('shows one line for many nodes', () => {
    const nodes = numbers(50).map((i) => `node${i}`)
    const round = watch(new GlobalJobProgress(), of, nodes)
    const tasks = (done: number) => nodes.map((node, i) => job(i < done ? 'complete' : 'new', node))
    const none = 'job progress:  0 out of 50 complete [0/50]'
    expect(round(tasks(0)).lines).toEqual([none, none])
    expect(round(tasks(49))).toEqual({ converged: false, lines: ['job progress: 49 out of 50 complete [49/50]'] })
    expect(round(tasks(50))).toEqual({ converged: true, lines: ['job progress: 50 out of 50 complete [50/50]'] })
  })
})
