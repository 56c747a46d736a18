import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const service = (ID: string, Name?: string) => ({ ID, Spec: { ...(Name !== undefined && { Name }) } })
const now = new Date('2024-05-06T09:08:09Z')
const task = (ID: string, more: object = {}) => ({
  ID,
  ServiceID: 'cccccccc',
  Slot: 1,
  NodeID: 'n1',
  CreatedAt: '2024-05-06T07:08:09Z',
  DesiredState: 'running',
  Status: { State: 'running', Timestamp: '2024-05-06T07:08:09Z' },
  Spec: { ContainerSpec: { Image: 'nginx:1' } },
  ...more,
})

/** Answers a list of services as the daemon does, by the beginning of an ID or by a name. */
const services =
  (all: ReturnType<typeof service>[]): Stub =>
  ({ query }) => {
    const { id, name } = JSON.parse(String(query.filters)) as Record<'id' | 'name', object | undefined>
    const [ids, names] = [Object.keys(id ?? {}), Object.keys(name ?? {})]
    return {
      json: all.filter(
        ({ ID, Spec }) => ids.some((prefix) => ID.startsWith(prefix)) || names.some((one) => one === Spec.Name),
      ),
    }
  }

const filtersOf = ({ query }: { query: Record<string, unknown> }): unknown => JSON.parse(String(query.filters))

describe('docker service ps', () => {
  it('finds services by ID, name and the beginning of an ID, and names what is missing', async () => {
    const all = [service('idmatch'), service('idprefixmatch'), service('cccccccc', 'namematch')]
    const engine = await fakeEngine({
      'GET /services': services(all),
      'GET /tasks': { json: [task('t1'), task('t0', { CreatedAt: '2024-05-06T06:08:09Z', DesiredState: 'shutdown' })] },
      'GET /services/cccccccc': { json: service('cccccccc', 'namematch') },
      'GET /nodes/n1': { json: { ID: 'n1', Description: { Hostname: 'host' } } },
    })
    const names = ['idmatch', 'idprefix', 'namematch', 'notfound']
    expect(await run(['service', 'ps', '-f', 'desired-state=running', ...names], { engine, now })).toEqual({
      stdout: [
        'ID        NAME              IMAGE     NODE      DESIRED STATE   CURRENT STATE         ERROR     PORTS',
        't1        namematch.1       nginx:1   host      Running         Running 2 hours ago             ',
        't0         \\_ namematch.1   nginx:1   host      Shutdown        Running 2 hours ago             \n',
      ].join('\n'),
      stderr: 'no such service: notfound\n',
      exitCode: 1,
    })
    expect(engine.requests.slice(0, 3).map(filtersOf)).toEqual([
      { id: { idmatch: true, idprefix: true, namematch: true, notfound: true } },
      { name: { idmatch: true, idprefix: true, namematch: true, notfound: true } },
      { 'desired-state': { running: true }, service: { idmatch: true, idprefixmatch: true, cccccccc: true } },
    ])
  })

  it('prefers an exact ID and a name to the beginning of an ID, of which there may be but one', async () => {
    const all = [service('aaa'), service('aaab'), service('bbb1'), service('bbb2'), service('c', 'bbb')]
    const engine = await fakeEngine({ 'GET /services': services(all), 'GET /tasks': { json: [] } })
    expect((await run(['service', 'ps', '-q', 'aaa', 'bbb'], { engine })).exitCode).toBe(0)
    expect(filtersOf(engine.requests[2]!)).toEqual({ service: { aaa: true, c: true } })
    expect(await run(['service', 'ps', 'aa'], { engine })).toEqual({
      stdout: '',
      stderr: 'multiple services found with provided prefix: aa\n',
      exitCode: 1,
    })
  })

  it('asks for no tasks when there is no such service', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [] } })
    expect(await run(['service', 'ps', 'foo', 'notfound'], { engine })).toEqual({
      stdout: '',
      stderr: 'no such service: foo\nno such service: notfound\n',
      exitCode: 1,
    })
  })

  it('prints whole IDs alone when it is to be quiet', async () => {
    const engine = await fakeEngine({
      'GET /services': { json: [service('foo')] },
      'GET /tasks': { json: [task('sxabyp0obqokwekpun4rjo0b3')] },
    })
    const { stdout } = await run(['service', 'ps', '-q', '--no-resolve', 'foo'], { engine })
    expect(stdout).toBe('sxabyp0obqokwekpun4rjo0b3\n')
  })

  it('takes self for a node to filter by', async () => {
    const engine = await fakeEngine({
      'GET /services': { json: [service('foo')] },
      'GET /info': { json: { Swarm: { NodeID: 'foofoo' } } },
      'GET /tasks': { json: [] },
    })
    const nodes = ['one', 'two', 'self'].flatMap((node) => ['-f', `node=${node}`])
    await run(['service', 'ps', ...nodes, 'foo'], { engine })
    expect(filtersOf(engine.requests.at(-1)!)).toEqual({
      node: { one: true, two: true, foofoo: true },
      service: { foo: true },
    })
  })
})
