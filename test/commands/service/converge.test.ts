import { describe, expect, it } from 'vitest'
import { waitOnService } from '../../../src/commands/service/_converge.ts'
import type { Context, SignalListener } from '../../../src/context.ts'
import { type FakeEngine, fakeEngine, type Stub } from '../../fake-engine.ts'
import { Recorder } from '../../harness.ts'

const service = (replicas: number, more: object = {}) => ({
  json: { ID: 's1', Spec: { Name: 'web', Mode: { Replicated: { Replicas: replicas } }, ...more } },
})
const task = (slot: number, state: string) => ({
  ID: `t${slot}`,
  Slot: slot,
  NodeID: 'a',
  DesiredState: 'running',
  Status: { State: state },
})
const nodes = { json: [{ ID: 'a', Status: { State: 'ready' } }] }
/** Watched for the shortest of times. */
const briefly = { UpdateConfig: { Monitor: 1 } }

function engineOf(inspected: Stub, tasks: Stub): Promise<FakeEngine> {
  return fakeEngine({ 'GET /services/web': inspected, 'GET /tasks': tasks, 'GET /nodes': nodes })
}

/** What waiting for `web` needs of a Context; `interrupt` is Ctrl-C. */
function world(engine: FakeEngine, ended = new AbortController().signal) {
  const taken = new Set<SignalListener>()
  const out = new Recorder(1)
  const context: Partial<Context> = {
    program: 'docker',
    out,
    signal: ended,
    now: () => new Date(),
    engine: () => Promise.resolve(engine.engine()),
    onSignal: (names, listener) => {
      expect(names).toEqual(['SIGINT'])
      taken.add(listener)
      return () => void taken.delete(listener)
    },
  }
  return { context: context as Context, out, taken, interrupt: () => taken.forEach((listener) => listener('SIGINT')) }
}

describe('waiting for a service', () => {
  it('asks for its newest tasks until they are up, a line for each look', async () => {
    const rounds = [{ json: [task(1, 'new')] }, { json: [task(1, 'running')] }]
    const engine = await engineOf(service(1, briefly), rounds)
    const { context, out, taken } = world(engine)
    expect(await waitOnService(context, 'web')).toBe(true)
    expect(out.text).toBe(
      [
        'overall progress: 0 out of 1 tasks',
        '1/1:  ',
        'overall progress: 0 out of 1 tasks',
        'overall progress: 1 out of 1 tasks',
        'verify: Service web converged\n',
      ].join('\n'),
    )
    const round = ['GET /services/web', 'GET /tasks', 'GET /nodes']
    expect(engine.calls).toEqual([...round, ...round, 'GET /services/web'])
    expect(engine.requests[1]?.query).toEqual({ filters: '{"_up-to-date":{"true":true},"service":{"s1":true}}' })
    expect(engine.requests[0]?.query).toEqual({})
    expect(taken.size).toBe(0)
  })

  it('says nothing when it is to be quiet, but for an error', async () => {
    const paused = { json: { ...service(1).json, UpdateStatus: { State: 'paused', Message: 'task t1 failed' } } }
    const engine = await engineOf([service(1), paused], { json: [] })
    const { context, out, taken } = world(engine)
    await expect(waitOnService(context, 'web', { quiet: true })).rejects.toThrow(
      'service update paused: task t1 failed',
    )
    expect(out.text).toBe('')
    expect(taken.size).toBe(0)
  })

  it('throws what the daemon answers', async () => {
    const engine = await fakeEngine({ 'GET /services/web': { status: 404, error: 'service web not found' } })
    await expect(waitOnService(world(engine).context, 'web')).rejects.toThrow('service web not found')
  })
})

describe('Ctrl-C', () => {
  const background = 'Operation continuing in background.\nUse `docker service ps web` to check progress.\n'

  it('leaves the service as it is and says so', async () => {
    const engine = await engineOf(service(1), { json: [task(1, 'new')] })
    const { context, out, interrupt } = world(engine)
    const waited = waitOnService(context, 'web')
    await expect.poll(() => engine.calls.length).toBeGreaterThan(3)
    interrupt()
    expect(await waited).toBe(false)
    expect(out.text).toMatch(/tasks\nOperation/)
    expect(out.text.endsWith(background)).toBe(true)
  })

  it('does so while the daemon owes an answer', async () => {
    let asked = false
    const stalled: Stub = () => {
      asked = true
      return { handle: () => undefined }
    }
    const engine = await fakeEngine({ 'GET /services/web': stalled })
    const { context, out, interrupt } = world(engine)
    const waited = waitOnService(context, 'web')
    await expect.poll(() => asked).toBe(true)
    interrupt()
    expect(await waited).toBe(false)
    expect(out.text).toBe(background)
  })

  it('ends the waiting without a word once all tasks are up', async () => {
    const engine = await engineOf(service(1), { json: [task(1, 'running')] })
    const { context, out, interrupt } = world(engine)
    const waited = waitOnService(context, 'web')
    await expect.poll(() => out.text).toContain('verify: Waiting 5 seconds')
    interrupt()
    expect(await waited).toBe(false)
    expect(out.text).not.toContain('background')
  })

  it('says nothing when it is to be quiet', async () => {
    const engine = await engineOf(service(1), { json: [task(1, 'new')] })
    const { context, out, interrupt } = world(engine)
    const waited = waitOnService(context, 'web', { quiet: true })
    await expect.poll(() => engine.calls.length).toBeGreaterThan(2)
    interrupt()
    expect(await waited).toBe(false)
    expect(out.text).toBe('')
  })
})

it('throws when another signal ends the program', async () => {
  const end = new AbortController()
  const engine = await engineOf(service(1), { json: [] })
  const { context, out } = world(engine, end.signal)
  const waited = waitOnService(context, 'web')
  await expect.poll(() => out.text).toContain('overall progress')
  end.abort()
  await expect(waited).rejects.toThrow()
  expect(out.text).not.toContain('background')
})
