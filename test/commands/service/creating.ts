import { expect } from 'vitest'
import type { ServiceSpec } from '../../../src/engine/types/service.ts'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run, type World } from '../../harness.ts'

/** What `service create -d --no-resolve-image FLAGS busybox` sends. */
export async function created(flags: readonly string[], stubs: Record<string, Stub> = {}, world: World = {}) {
  const engine = await fakeEngine({ 'POST /services/create': { status: 201, json: { ID: 's1' } }, ...stubs })
  const argv = ['service', 'create', '-d', '--no-resolve-image', ...flags, 'busybox']
  const { stdout, stderr } = await run(argv, { engine, ...world })
  expect({ stdout, stderr }).toEqual({ stdout: 's1\n', stderr: '' })
  const spec = engine.requests.at(-1)!.json as ServiceSpec
  const task = spec.TaskTemplate!
  return { spec, task, container: task.ContainerSpec!, requests: engine.requests }
}

/** What the command says that refuses `service create FLAGS busybox`; the daemon is asked for nothing but what `stubs` answer. */
export async function refusal(flags: readonly string[], stubs: Record<string, Stub> = {}): Promise<string> {
  const engine = await fakeEngine(stubs)
  const { stdout, stderr, exitCode } = await run(['service', 'create', '-d', ...flags, 'busybox'], { engine })
  expect({ stdout, failed: exitCode > 0 }).toEqual({ stdout: '', failed: true })
  return stderr.split('\n')[0]!
}
