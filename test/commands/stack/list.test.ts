import { describe, expect, it } from 'vitest'
import { type FakeEngine, fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const label = 'com.docker.stack.namespace'
const service = (stack: string, name: string) => ({
  ID: `id-${name}`,
  Spec: {
    Name: name,
    Labels: { [label]: stack },
    Mode: { Replicated: { Replicas: 2 } },
    TaskTemplate: { ContainerSpec: { Image: 'busybox:latest' } },
  },
  Endpoint: { Ports: [{ PublishMode: 'ingress', PublishedPort: 30000, TargetPort: 3232, Protocol: 'tcp' }] },
})
const filtersOf = (engine: FakeEngine, index = 0) =>
  JSON.parse(String(engine.requests[index]?.query.filters)) as unknown

describe('docker stack ls', () => {
  it('counts the services of each stack and sorts the names as people do', async () => {
    const engine = await fakeEngine({
      'GET /services': { json: [service('s10', 'a'), service('s2', 'b'), service('s10', 'c')] },
    })
    expect((await run(['stack', 'ls'], { engine })).stdout).toBe('NAME      SERVICES\ns2        1\ns10       2\n')
    expect(filtersOf(engine)).toEqual({ label: { [label]: true } })
  })

  it('takes formats', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [service('s', 'a')] } })
    expect((await run(['stack', 'ls', '--format', 'json'], { engine })).stdout).toBe('{"Name":"s","Services":"1"}\n')
    expect((await run(['stack', 'list', '--format', '{{.Name}}'], { engine })).stdout).toBe('s\n')
    const { stdout } = await run(['stack', 'ls', '--format', 'table {{.Services}}'], { engine })
    expect(stdout).toBe('SERVICES\n1\n')
  })

  it('says so when a service of a stack has no stack', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [{ ID: 'x', Spec: { Name: 'x' } }] } })
    const { stderr, exitCode } = await run(['stack', 'ls'], { engine })
    expect([stderr, exitCode]).toEqual([`cannot get label ${label} for service x\n`, 1])
  })

  it('takes --orchestrator, and says that it is ignored', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [] } })
    const { stdout } = await run(['stack', 'ls', '--orchestrator', 'swarm'], { engine })
    expect(stdout).toBe('Flag --orchestrator has been deprecated, option will be ignored\nNAME      SERVICES\n')
  })
})

describe('docker stack services', () => {
  it('lists the services of one stack, with how many of their tasks run', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [service('s', 's_10'), service('s', 's_2')] } })
    expect((await run(['stack', 'services', '-f', 'name=s_', 's'], { engine })).stdout).toBe(
      'ID        NAME      MODE         REPLICAS   IMAGE            PORTS\n' +
        'id-s_2    s_2       replicated   0/0        busybox:latest   *:30000->3232/tcp\n' +
        'id-s_10   s_10      replicated   0/0        busybox:latest   *:30000->3232/tcp\n',
    )
    expect(filtersOf(engine)).toEqual({ label: { [`${label}=s`]: true }, name: { s_: true } })
    expect(engine.requests[0]?.query.status).toBe('true')
  })

  it('takes its format from --format, then from config.json, and asks for no tasks with --quiet', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [service('s', 'web')] } })
    const config = { servicesFormat: '{{.Image}}' }
    expect((await run(['stack', 'services', 's'], { engine, config })).stdout).toBe('busybox:latest\n')
    const { stdout } = await run(['stack', 'services', '--format', '{{ .Name }}', 's'], { engine, config })
    expect(stdout).toBe('web\n')
    expect((await run(['stack', 'services', '-q', 's'], { engine, config })).stdout).toBe('id-web\n')
    expect(engine.requests[2]?.query.status).toBeUndefined()
  })

  it('is done with a stack that has none', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [] } })
    const outcome = await run(['stack', 'services', 'foo'], { engine })
    expect(outcome).toEqual({ stdout: '', stderr: 'Nothing found in stack: foo\n', exitCode: 0 })
  })

  it('fails as the daemon does', async () => {
    const engine = await fakeEngine({ 'GET /services': { error: 'no services today' } })
    expect((await run(['stack', 'services', 'foo'], { engine })).stderr).toContain('no services today')
  })
})

describe('docker stack ps', () => {
  const task = {
    ID: 'id-foo',
    ServiceID: 'service-foo',
    NodeID: 'node-foo',
    Slot: 1,
    Spec: { ContainerSpec: { Image: 'myimage:mytag' } },
    DesiredState: 'ready',
    Status: { State: 'failed', Timestamp: '2024-01-01T00:00:00Z' },
  }
  const now = new Date('2024-01-01T02:00:00Z')

  it('lists the tasks of one stack by the names of their services and nodes', async () => {
    const engine = await fakeEngine({
      'GET /tasks': { json: [task] },
      'GET /services/service-foo': { json: { ID: 'service-foo', Spec: { Name: 'web' } } },
      'GET /nodes/node-foo': { json: { ID: 'node-foo', Description: { Hostname: 'bar' } } },
    })
    expect((await run(['stack', 'ps', '-f', 'node=n', 's'], { engine, now })).stdout).toBe(
      'ID        NAME      IMAGE           NODE      DESIRED STATE   CURRENT STATE        ERROR     PORTS\n' +
        'id-foo    web.1     myimage:mytag   bar       Ready           Failed 2 hours ago             \n',
    )
    expect(filtersOf(engine)).toEqual({ label: { [`${label}=s`]: true }, node: { n: true } })
  })

  it('leaves IDs alone with --no-resolve, and takes its format from config.json', async () => {
    const engine = await fakeEngine({ 'GET /tasks': { json: [task] } })
    const config = { tasksFormat: '{{.Name}} {{.Node}}' }
    const { stdout } = await run(['stack', 'ps', '--no-resolve', 's'], { engine, config })
    expect(stdout).toBe('service-foo.1 node-foo\n')
    expect((await run(['stack', 'ps', '--no-resolve', '-q', 's'], { engine, config })).stdout).toBe('id-foo\n')
  })

  it('fails for a stack that has none', async () => {
    const engine = await fakeEngine({ 'GET /tasks': { json: [] } })
    const outcome = await run(['stack', 'ps', 'foo'], { engine })
    expect(outcome).toEqual({ stdout: '', stderr: 'nothing found in stack: foo\n', exitCode: 1 })
  })
})

describe('the name of a stack', () => {
  it.each([['ps'], ['services'], ['rm']])('is more than blanks and quotes for %s', async (verb) => {
    const { stderr, exitCode } = await run(['stack', verb, `'  "\u00a0'`])
    expect([stderr, exitCode]).toEqual(['invalid stack name: "\'  \\"\\u00a0\'"\n', 1])
  })

  it('is completed', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [service('st', 'a'), service('other', 'b')] } })
    for (const verb of ['ps', 'services', 'rm', 'down']) {
      expect((await run(['__complete', 'stack', verb, 's'], { engine })).stdout).toBe('st\n:4\n')
    }
  })

  it('comes after files that the shell knows', async () => {
    const engine = await fakeEngine({ 'GET /services': { json: [service('st', 'a')] } })
    expect((await run(['__complete', 'stack', 'deploy', '-c', ''], { engine })).stdout).toBe(':0\n')
    expect((await run(['__complete', 'stack', 'config', '--compose-file', ''], { engine })).stdout).toBe(':0\n')
    expect((await run(['__complete', 'stack', 'deploy', '-c', 'a.yml', 's'], { engine })).stdout).toBe('st\n:4\n')
  })
})
