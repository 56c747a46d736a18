import { describe, expect, it } from 'vitest'
import { Convergence } from '../../../../src/commands/service/_converge/convergence.ts'
import type { SwarmService } from '../../../../src/engine/types/service.ts'

const node = { ID: 'a', Status: { State: 'ready' } }

function service(more: Partial<SwarmService> = {}, monitor = 0): SwarmService {
  return {
    ID: 's1',
    Spec: { Mode: { Replicated: { Replicas: 1 } }, UpdateConfig: monitor === 0 ? null : { Monitor: monitor } },
    ...more,
  }
}

/** One look at a service whose task is in `state`, at `now`; gives the lines that are not about tasks. */
function look(convergence: Convergence, of: SwarmService, state: string, now: number): string[] {
  const tasks = [{ ID: 't', NodeID: 'a', DesiredState: 'running', Status: { State: state } }]
  const messages = convergence.inspected(of, now)
  if (!convergence.isOver) messages.push(...convergence.counted(of, tasks, [node], now))
  return messages
    .map(({ id, status }) => (id === undefined ? `${status}` : `${id}: ${status}`))
    .filter((line) => !/^(overall progress|1\/1|job progress|active tasks):/.test(line))
}

const waiting = (seconds: number): string => `verify: Waiting ${seconds} seconds to verify that tasks are stable...`

describe('a service whose tasks are up', () => {
  it('is watched for five seconds, unless its update says how long', () => {
    const convergence = new Convergence('web')
    expect(look(convergence, service(), 'starting', 0)).toEqual([])
    expect(look(convergence, service(), 'running', 1000)).toEqual([waiting(5)])
    expect(look(convergence, service(), 'running', 2000)).toEqual([waiting(4)])
    expect(look(convergence, service(), 'running', 5999)).toEqual([waiting(1)])
    expect(look(convergence, service(), 'running', 6000)).toEqual(['verify: Service web converged'])
    expect(convergence.isOver).toBe(true)

    const briefly = new Convergence('web')
    expect(look(briefly, service({}, 5e8), 'running', 0)).toEqual([waiting(1)])
    expect(look(briefly, service({}, 5e8), 'running', 500)).toEqual(['verify: Service web converged'])
  })

  it('is watched anew after a failure', () => {
    const convergence = new Convergence('web')
    look(convergence, service(), 'running', 0)
    expect(look(convergence, service(), 'failed', 1000)).toEqual(['verify: Detected task failure'])
    expect(look(convergence, service(), 'failed', 2000)).toEqual([])
    expect(look(convergence, service(), 'running', 5000)).toEqual([waiting(5)])
  })
})

describe('an update', () => {
  const updated = (State: string, Message = '') => service({ UpdateStatus: { State, Message } })

  it('that was complete before is not waited for', () => {
    const convergence = new Convergence('web')
    expect(look(convergence, updated('completed'), 'running', 0)).toEqual([])
    expect(convergence.isOver).toBe(true)
  })

  it('that becomes complete while its tasks are watched is watched to the end', () => {
    const convergence = new Convergence('web')
    look(convergence, updated('updating'), 'running', 0)
    expect(look(convergence, updated('completed'), 'running', 200)).toEqual([waiting(5)])
  })

  it('that is paused is an error with its reason', () => {
    const look = (of: SwarmService) => () => new Convergence('web').inspected(of, 0)
    expect(look(updated('paused', 'task t failed'))).toThrow('service update paused: task t failed')
    expect(look(updated('rollback_paused', 'task u failed'))).toThrow('service rollback paused: task u failed')
  })

  it('that is rolled back says why, once, and what came of it at the end', () => {
    const convergence = new Convergence('web')
    const started = updated('rollback_started', 'update failed')
    expect(look(convergence, started, 'starting', 0)).toEqual(['rollback: update failed'])
    expect(look(convergence, started, 'starting', 200)).toEqual([])
    const completed = updated('rollback_completed', 'rollback completed')
    expect(look(convergence, completed, 'running', 400)).toEqual([waiting(5)])
    expect(look(convergence, completed, 'running', 5400)).toEqual([
      'verify: Service web converged',
      'rollback: rollback completed',
    ])
  })

  it('that goes forward again counts forward', () => {
    const convergence = new Convergence('web')
    const overall = (of: SwarmService) => {
      convergence.inspected(of, 0)
      return convergence.counted(of, [], [node], 0).at(-1)?.status
    }
    expect(overall(updated('rollback_started'))).toBe('rolling back update: 0 out of 1 tasks')
    expect(overall(updated('updating'))).toBe('0 out of 1 tasks')
  })
})

it('takes a job for done when its tasks are complete', () => {
  const job = {
    ID: 's1',
    Spec: { Mode: { GlobalJob: {} } },
    JobStatus: { JobIteration: {} },
  }
  const convergence = new Convergence('web')
  expect(convergence.inspected(job, 0)).toEqual([])
  const tasks = [{ ID: 't', NodeID: 'a', JobIteration: {}, DesiredState: 'complete', Status: { State: 'complete' } }]
  expect(convergence.counted(job, tasks, [node], 0).at(-1)).toEqual({ status: 'job complete' })
  expect(convergence.isOver).toBe(true)
})

it('does not count nodes that are down', () => {
  const convergence = new Convergence('web')
  convergence.inspected(service(), 0)
  const tasks = [{ ID: 't', NodeID: 'a', DesiredState: 'running', Status: { State: 'running' } }]
  convergence.counted(service(), tasks, [{ ID: 'a', Status: { State: 'down' } }], 0)
  expect(convergence.converged).toBe(false)
})

it('refuses a mode that is not known', () => {
  const look = (Mode: object) => () => new Convergence('web').inspected({ ID: 's1', Spec: { Mode } }, 0)
  expect(look({})).toThrow('unrecognized service mode')
  expect(look({ Replicated: {} })).toThrow('unrecognized service mode')
})
