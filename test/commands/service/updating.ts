import { expect } from 'vitest'
import type { ServiceContainerSpec, ServiceSpec, TaskSpec } from '../../../src/engine/types/service.ts'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run, type World } from '../../harness.ts'

/** The answer to `service inspect`. */
export const describing = (Spec: ServiceSpec) => ({
  'GET /services/web': { json: { ID: 's1', Version: { Index: 7 }, Spec } },
})

/** What `service update -d FLAGS web` sends of a service that is `before`. */
export async function updated(
  before: ServiceSpec,
  flags: readonly string[],
  stubs: Record<string, Stub> = {},
  world: World = {},
) {
  const engine = await fakeEngine({ ...describing(before), 'POST /services/s1/update': { json: {} }, ...stubs })
  const { stdout, stderr } = await run(['service', 'update', '-d', ...flags, 'web'], { engine, ...world })
  expect({ stdout, stderr }).toEqual({ stdout: 'web\n', stderr: '' })
  return { spec: engine.requests.at(-1)!.json as ServiceSpec, requests: engine.requests }
}

/** As `updated`, of a service whose containers are `before`; gives what they are after. */
export async function container(
  before: ServiceContainerSpec,
  flags: readonly string[],
  stubs: Record<string, Stub> = {},
) {
  const { spec } = await updated({ TaskTemplate: { ContainerSpec: before } }, flags, stubs)
  return spec.TaskTemplate!.ContainerSpec!
}

/** As `updated`, of a service whose tasks are `before`; gives what they are after. */
export async function task(before: TaskSpec, flags: readonly string[], stubs: Record<string, Stub> = {}) {
  return (await updated({ TaskTemplate: { ContainerSpec: {}, ...before } }, flags, stubs)).spec.TaskTemplate!
}

/** What the command says that refuses FLAGS for a service that is `before`. */
export async function refusal(
  before: ServiceSpec,
  flags: readonly string[],
  stubs: Record<string, Stub> = {},
): Promise<string> {
  const engine = await fakeEngine({ ...describing(before), ...stubs })
  const { stdout, stderr, exitCode } = await run(['service', 'update', '-d', ...flags, 'web'], { engine })
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
  return stderr.trimEnd()
}

/** A service of which nothing is set. */
export const running: ServiceSpec = { TaskTemplate: { ContainerSpec: {} } }

/** A flag given once for each of the values. */
export const each = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
