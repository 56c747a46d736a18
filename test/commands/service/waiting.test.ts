import { expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const service = {
  ID: 's1',
  Version: { Index: 7 },
  Spec: {
    Name: 'web',
    Mode: { Replicated: { Replicas: 1 } },
    UpdateConfig: { Monitor: 1 },
    TaskTemplate: { ContainerSpec: {} },
  },
}
const task = { ID: 't1', Slot: 1, NodeID: 'a', DesiredState: 'running', Status: { State: 'running' } }
const running = {
  'GET /services/s1': { json: service },
  'GET /services/web': { json: service },
  'GET /tasks': { json: [task] },
  'GET /nodes': { json: [{ ID: 'a', Status: { State: 'ready' } }] },
}
const { 'GET /services/s1': byId, 'GET /services/web': byName, ...tasks } = running

it('service create waits for its service, by its ID', async () => {
  const engine = await fakeEngine({
    'POST /services/create': { json: { ID: 's1' } },
    'GET /services/s1': byId,
    ...tasks,
  })
  const { stdout, exitCode } = await run(['service', 'create', '--no-resolve-image', 'busybox'], { engine })
  expect(stdout).toMatch(/^s1\noverall progress: [^]*\nverify: Service s1 converged/)
  expect(exitCode).toBe(0)
})

it('service update waits for its service, by the name that it was given', async () => {
  const engine = await fakeEngine({ 'GET /services/web': byName, 'POST /services/s1/update': { json: {} }, ...tasks })
  const { stdout } = await run(['service', 'update', '--force', 'web'], { engine })
  expect(stdout).toMatch(/^web\noverall progress: [^]*\nverify: Service web converged/)
})

it('both wait without a word with --quiet', async () => {
  const stubs = { 'POST /services/create': { json: { ID: 's1' } }, 'POST /services/s1/update': { json: {} } }
  const engine = await fakeEngine({ ...stubs, ...running })
  const create = await run(['service', 'create', '-q', '--no-resolve-image', 'busybox'], { engine })
  const update = await run(['service', 'update', '-q', 'web'], { engine })
  expect([create.stdout, update.stdout]).toEqual(['s1\n', 'web\n'])
  expect(engine.calls.filter((call) => call === 'GET /tasks').length).toBeGreaterThan(1)
})
