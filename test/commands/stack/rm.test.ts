import { describe, expect, it } from 'vitest'
import { fakeEngine, type RecordedRequest, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

/** A swarm with the objects named, each `STACK_NAME` with the ID `ID-STACK_NAME`. */
function swarmOf(objects: { services?: string[]; networks?: string[]; secrets?: string[]; configs?: string[] }) {
  const stackOf = ({ query }: RecordedRequest) => /stack\.namespace=([^"]*)"/.exec(String(query.filters))![1]
  const stubs: Record<string, Stub> = {}
  for (const kind of ['services', 'networks', 'secrets', 'configs'] as const) {
    const names = objects[kind] ?? []
    stubs[`GET /${kind}`] = (request) => ({
      json: names
        .filter((name) => name.startsWith(`${stackOf(request)}_`))
        .map((name) => ({ ID: `ID-${name}`, Id: `ID-${name}`, Name: name, Spec: { Name: name } })),
    })
    for (const name of names) stubs[`DELETE /${kind}/ID-${name}`] = {}
  }
  return stubs
}

const everything = {
  services: ['foo_s2', 'foo_s1', 'bar_s1'],
  networks: ['foo_n1', 'bar_n1'],
  secrets: ['foo_t1', 'foo_t2', 'bar_t1'],
  configs: ['foo_c1', 'foo_c2', 'bar_c1'],
}

describe('docker stack rm', () => {
  it('removes services by name, then secrets, configs and networks, stack after stack', async () => {
    const engine = await fakeEngine(swarmOf(everything))
    const { stdout, stderr, exitCode } = await run(['stack', 'rm', 'foo', 'bar'], { engine })
    const said = [
      ['service foo_s1', 'service foo_s2', 'secret foo_t1', 'secret foo_t2', 'config foo_c1', 'config foo_c2'],
      ['network foo_n1', 'service bar_s1', 'secret bar_t1', 'config bar_c1', 'network bar_n1'],
    ]
    expect(stdout).toBe(said.flatMap((names) => names.map((name) => `Removing ${name}\n`)).join(''))
    expect([stderr, exitCode]).toEqual(['', 0])
    const [lists, removals] = [engine.calls.slice(0, 4), engine.calls.slice(4, 6)]
    expect(lists).toEqual(['GET /services', 'GET /networks', 'GET /secrets', 'GET /configs'])
    expect(removals).toEqual(['DELETE /services/ID-foo_s1', 'DELETE /services/ID-foo_s2'])
  })

  it('passes over a stack that is not there', async () => {
    const engine = await fakeEngine(swarmOf({ services: ['bar_s1'] }))
    const outcome = await run(['stack', 'down', 'foo', 'bar'], { engine })
    expect(outcome).toEqual({
      stdout: 'Removing service bar_s1\n',
      stderr: 'Nothing found in stack: foo\n',
      exitCode: 0,
    })
  })

  it('goes on after what cannot be removed', async () => {
    const refused: Stub = { error: 'in use', status: 400 }
    const engine = await fakeEngine({ ...swarmOf(everything), 'DELETE /services/ID-foo_s1': refused })
    const { stderr, exitCode } = await run(['stack', 'rm', 'foo', 'bar'], { engine })
    expect(stderr).toBe(
      'Failed to remove service ID-foo_s1: Error response from daemon: in use\n' +
        'failed to remove some resources from stack: foo\n',
    )
    expect(exitCode).toBe(1)
    expect(engine.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(11)
  })

  it('removes nothing when one name is none', async () => {
    const { stderr, exitCode } = await run(['stack', 'rm', 'good', "'   '", 'alsogood'])
    expect([stderr, exitCode]).toEqual([`invalid stack name: "'   '"\n`, 1])
  })

  it('waits with --detach=false until every task has ended, and not for those of a stack left half removed', async () => {
    const tasks = (...states: string[]) => ({ json: states.map((State, i) => ({ ID: `t${i}`, Status: { State } })) })
    const engine = await fakeEngine({
      ...swarmOf({ services: ['foo_s1', 'bar_s1'] }),
      'DELETE /services/ID-bar_s1': { error: 'in use' },
      'GET /tasks': [
        tasks('running', 'shutdown'),
        tasks('complete', 'shutdown', 'preparing'),
        tasks('failed', 'rejected'),
      ],
    })
    const { exitCode } = await run(['stack', 'rm', '--detach=false', 'foo', 'bar'], { engine })
    expect(exitCode).toBe(1)
    const asked = engine.requests.filter(({ path }) => path === '/tasks')
    expect(asked.map(({ query }) => query.filters)).toEqual(
      Array(3).fill('{"label":{"com.docker.stack.namespace=foo":true}}'),
    )
  })

  it('says which stack it could not wait for', async () => {
    const engine = await fakeEngine({
      ...swarmOf({ services: ['foo_s1'] }),
      'GET /tasks': { error: 'lost' },
    })
    const { stderr, exitCode } = await run(['stack', 'rm', '-d=false', 'foo'], { engine })
    expect(stderr).toBe(
      'failed to wait on tasks of stack: foo: failed to get tasks: Error response from daemon: lost\n',
    )
    expect(exitCode).toBe(1)
  })
})
