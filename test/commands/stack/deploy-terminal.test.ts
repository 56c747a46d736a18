import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { temporaryFolder } from '../../harness.ts'
import { programArgv, programEnv } from '../../program.ts'
import { openTerminal } from '../../pty.ts'

it('waits for no service any more after Ctrl-C, and leaves them all', async () => {
  const file = path.join(temporaryFolder(), 'stack.yml')
  fs.writeFileSync(file, 'version: "3"\nservices: { a: { image: x }, b: { image: x } }\n')
  const engine = await fakeEngine({
    'GET /info': { json: { Swarm: { ControlAvailable: true } } },
    'GET /networks': { json: [] },
    'POST /networks/create': { status: 201, json: { Id: 'n1' } },
    'GET /services': { json: [] },
    'POST /services/create': [
      { status: 201, json: { ID: 'ida' } },
      { status: 201, json: { ID: 'idb' } },
    ],
    'GET /services/ida': { json: { ID: 'ida', Spec: { Name: 'st_a', Mode: { Replicated: { Replicas: 1 } } } } },
    'GET /tasks': { json: [{ ID: 't', Slot: 1, NodeID: 'n', DesiredState: 'running', Status: { State: 'new' } }] },
    'GET /nodes': { json: [{ ID: 'n', Status: { State: 'ready' } }] },
  })
  const argv = ['stack', 'deploy', '--detach=false', '--resolve-image', 'never', '-c', file, 'st']
  const terminal = openTerminal([...programArgv(), ...argv], { columns: 120, env: programEnv(engine.host) })
  await terminal.waitFor('overall progress: 0 out of 1 tasks')
  terminal.write('\u0003')
  await terminal.waitFor('Operation continuing in background.')
  expect((await terminal.ended()).code).toBe(0)
  expect(engine.calls).not.toContain('GET /services/idb')
})
