import { expect, it } from 'vitest'
import { type FakeEngine, fakeEngine } from '../../fake-engine.ts'
import { programArgv, programEnv } from '../../program.ts'
import { openTerminal, type Terminal } from '../../pty.ts'

const service = {
  ID: 's1',
  Version: { Index: 7 },
  Spec: { Name: 'web', Mode: { Replicated: { Replicas: 2 } }, UpdateConfig: { Monitor: 1 }, TaskTemplate: {} },
}
const task = (slot: number, state: string) => ({
  ID: `t${slot}`,
  Slot: slot,
  NodeID: 'a',
  DesiredState: 'running',
  Status: { State: state },
})

/** A service of two tasks in the states that `states` has at the time, which is rolled back on a terminal. */
async function rollback(states: () => readonly string[]): Promise<{ engine: FakeEngine; terminal: Terminal }> {
  const engine = await fakeEngine({
    'GET /services/web': { json: service },
    'POST /services/s1/update': { json: {} },
    'GET /tasks': () => ({ json: states().map((state, i) => task(i + 1, state)) }),
    'GET /nodes': { json: [{ ID: 'a', Status: { State: 'ready' } }] },
  })
  const argv = [...programArgv(), 'service', 'rollback', 'web']
  return { engine, terminal: openTerminal(argv, { columns: 120, env: programEnv(engine.host) }) }
}

/** A bar of nine states that is so far. */
const bar = (filled: number): string => `[${'='.repeat(filled)}>${' '.repeat(50 - filled)}]`

it('shows each task with its bar, redrawn in its place', async () => {
  let states: readonly string[] = ['new', 'preparing']
  const { terminal } = await rollback(() => states)
  await terminal.waitFor('overall progress: 0 out of 2 tasks')
  await terminal.waitFor(`1/2: new       ${bar(5)}`)
  await terminal.waitFor(`2/2: preparing ${bar(33)}`)
  states = ['running', 'running']
  await terminal.waitFor(`1/2: running   ${bar(50)}`)
  await terminal.waitFor('overall progress: 2 out of 2 tasks')
  await terminal.waitFor('verify: Service web converged')
  const { code, before, after } = await terminal.ended()
  expect(code).toBe(0)
  expect(after).toBe(before)
  // Three lines of their own at first, and one for the verdict.
  expect(terminal.shown().split('\n')).toHaveLength(6)
})

it('leaves the service alone at Ctrl-C and says so', async () => {
  const { engine, terminal } = await rollback(() => ['new', 'preparing'])
  await terminal.waitFor(`2/2: preparing ${bar(33)}`)
  terminal.write('\u0003')
  await terminal.waitFor('Operation continuing in background.')
  await terminal.waitFor('Use `docket service ps web` to check progress.')
  expect((await terminal.ended()).code).toBe(0)
  expect(engine.calls.filter((call) => !call.startsWith('GET'))).toEqual(['POST /services/s1/update'])
})
