import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const node = (ID: string, Hostname: string, more = {}) => ({
  ID,
  Version: { Index: 7 },
  CreatedAt: '2024-05-06T07:08:09.5Z',
  Spec: { Labels: { zone: 'a' }, Role: 'worker', Availability: 'active' },
  Description: {
    Hostname,
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: 4e9, MemoryBytes: 2147483648 },
    Engine: {
      EngineVersion: '29.0.0',
      Plugins: [
        { Type: 'Log', Name: 'b' },
        { Type: 'Log', Name: 'a' },
      ],
    },
  },
  Status: { State: 'ready', Addr: '10.0.0.1' },
  ...more,
})
const info = { json: { Swarm: { NodeID: 'n1' } } }

describe('docker node', () => {
  it('lists by host name and marks the node that is asked', async () => {
    const engine = await fakeEngine({
      'GET /nodes': { json: [node('n2', 'host10'), node('n1', 'host2', { ManagerStatus: { Leader: true } })] },
      'GET /info': info,
    })
    expect((await run(['node', 'ls'], { engine })).stdout).toBe(
      'ID        HOSTNAME   STATUS    AVAILABILITY   MANAGER STATUS   ENGINE VERSION\n' +
        'n1 *      host2      Ready     Active         Leader           29.0.0\n' +
        'n2        host10     Ready     Active                          29.0.0\n',
    )
  })

  it('describes the node that is asked for people', async () => {
    const engine = await fakeEngine({ 'GET /info': info, 'GET /nodes/n1': { json: node('n1', 'host') } })
    const { stdout } = await run(['node', 'inspect', '--pretty', 'self'], { engine })
    expect(stdout).toContain('ID:\t\t\tn1\nLabels:\n - zone=a\nHostname:              \thost\n')
    expect(stdout).toContain(' CPUs:\t\t\t4\n Memory:\t\t2GiB\nPlugins:\n Log:\t\tb, a\nEngine Version:\t\t29.0.0\n')
  })

  it('promotes workers and leaves managers alone', async () => {
    const bodies: unknown[] = []
    const engine = await fakeEngine({
      'GET /nodes/w': { json: node('w', 'w') },
      'GET /nodes/m': { json: node('m', 'm', { Spec: { Role: 'manager' } }) },
      'POST /nodes/w/update': ({ json, query }) => {
        bodies.push(json, query)
        return {}
      },
    })
    expect((await run(['node', 'promote', 'm', 'w'], { engine })).stdout).toBe(
      'Node m is already a manager.\nNode w promoted to a manager in the swarm.\n',
    )
    expect(bodies).toEqual([{ Labels: { zone: 'a' }, Role: 'manager', Availability: 'active' }, { version: '7' }])
  })

  it('does not remove labels that are not there', async () => {
    const engine = await fakeEngine({ 'GET /nodes/w': { json: node('w', 'w') } })
    const outcome = await run(['node', 'update', '--label-rm', 'gone', 'w'], { engine })
    expect(outcome).toMatchObject({ stderr: "key gone doesn't exist in node's labels\n", exitCode: 1 })
  })

  it('lists tasks by name, past ones of a slot marked', async () => {
    const task = (ID: string, CreatedAt: string) => ({
      ID,
      CreatedAt,
      ServiceID: 's1',
      Slot: 1,
      NodeID: 'n1',
      DesiredState: 'running',
      Spec: { ContainerSpec: { Image: 'nginx:1@sha256:'.concat('a'.repeat(64)) } },
      Status: { State: 'running', Timestamp: CreatedAt },
    })
    const engine = await fakeEngine({
      'GET /info': info,
      'GET /nodes/n1': { json: node('n1', 'host') },
      'GET /services/s1': { json: { ID: 's1', Spec: { Name: 'web' } } },
      'GET /tasks': { json: [task('old', '2024-01-01T00:00:00Z'), task('new', '2024-01-02T00:00:00Z')] },
    })
    const lines = (await run(['node', 'ps'], { engine })).stdout.split('\n')
    expect(lines[1]).toMatch(/^new +web\.1 +nginx:1 +host +Running +Running .* ago/)
    expect(lines[2]).toMatch(/^old +\\_ web\.1 +nginx:1/)
  })

  it("lists a node's tasks again with the next one's, named alike both times", async () => {
    const tasks = [{ ID: 't1', ServiceID: 's1', Slot: 1, NodeID: 'n1' }]
    const engine = await fakeEngine({
      'GET /nodes/n1': { json: node('n1', 'host') },
      'GET /nodes/n2': { json: node('n2', 'other') },
      'GET /tasks': { json: tasks },
      'GET /services/s1': { json: { ID: 's1', Spec: { Name: 'web' } } },
    })
    const { stdout } = await run(['node', 'ps', 'n1', 'n2'], { engine })
    expect(stdout.split('\n').slice(1, 3)).toEqual(Array(2).fill(expect.stringMatching(/^t1 +\\_ web\.1 /)))
    const filters = engine.requests.filter(({ path }) => path === '/tasks').map(({ query }) => query.filters)
    expect(filters).toEqual(['{"node":{"n1":true}}', '{"node":{"n1":true,"n2":true}}'])
    expect((await run(['node', 'ps', '--format', '{{.Name}}', 'n1', 'n2'], { engine })).stdout).toBe('web.1\nweb.1\n')
  })
})
