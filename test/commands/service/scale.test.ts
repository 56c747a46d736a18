import { describe, expect, it } from 'vitest'
import { fakeEngine, type RecordedRequest, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const image = { ContainerSpec: { Image: 'nginx:1' } }
const briefly = { UpdateConfig: { Monitor: 1 } }
const service = (ID: string, Mode: object, more: object = {}) => ({
  ID,
  Version: { Index: 7 },
  Spec: { Name: 'web', Labels: { a: 'b' }, TaskTemplate: image, Mode, ...more },
})
const gone: Stub = { status: 404, error: 'service gone not found' }

function modeOf(request: RecordedRequest | undefined): unknown {
  return (request?.json as { Mode: object } | undefined)?.Mode
}

describe('docker service scale', () => {
  it('sends the services back with as many replicas, or completions of a job, and goes on after a failure', async () => {
    const engine = await fakeEngine({
      'GET /services/web': { json: service('s1', { Replicated: { Replicas: 3 } }) },
      'GET /services/gone': gone,
      'GET /services/job': { json: service('j1', { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } }) },
      'GET /services/agent': { json: service('g1', { Global: {} }) },
      'POST /services/s1/update': { json: { Warnings: ['mind the gap'] } },
      'POST /services/j1/update': { json: {} },
    })
    const args = ['web=5', 'gone=1', 'agent=1', 'job=18446744073709551615', 'web=-1', 'web=1_0']
    expect(await run(['service', 'scale', '-d', ...args], { engine })).toEqual({
      stdout: 'web scaled to 5\njob scaled to 18446744073709551615\n',
      stderr: [
        'mind the gap',
        'gone: Error response from daemon: service gone not found',
        'agent: scale can only be used with replicated or replicated-job mode',
        'web: invalid replicas value -1: strconv.ParseUint: parsing "-1": invalid syntax',
        'web: invalid replicas value 1_0: strconv.ParseUint: parsing "1_0": invalid syntax\n',
      ].join('\n'),
      exitCode: 1,
    })
    const [web, job] = engine.requests.filter(({ method }) => method === 'POST')
    expect(web?.query).toEqual({ version: '7' })
    expect(web?.json).toMatchObject({ Name: 'web', Labels: { a: 'b' }, Mode: { Replicated: { Replicas: 5 } } })
    expect(modeOf(job)).toHaveProperty('ReplicatedJob.MaxConcurrent', 2)
    expect(job?.body.toString()).toContain('"TotalCompletions":18446744073709551615')
  })

  it('waits for each service that is scaled', async () => {
    const up = (ID: string) => ({ json: service(ID, { Replicated: { Replicas: 0 } }, briefly) })
    const paused = { UpdateStatus: { State: 'paused', Message: 'task failed' } }
    const engine = await fakeEngine({
      'GET /services/web': up('s1'),
      'GET /services/api': [up('s2'), { json: { ...up('s2').json, ...paused } }],
      'POST /services/s1/update': { json: {} },
      'POST /services/s2/update': { json: {} },
      'GET /tasks': { json: [] },
      'GET /nodes': { json: [] },
    })
    expect(await run(['service', 'scale', 'api=0', 'web=0'], { engine })).toEqual({
      stdout: [
        'api scaled to 0',
        'web scaled to 0',
        'overall progress: 0 out of 0 tasks',
        'overall progress: 0 out of 0 tasks',
        'verify: Service web converged\n',
      ].join('\n'),
      stderr: 'api: service update paused: task failed\n',
      exitCode: 1,
    })
  })

  it.each(['web', 'web=', '=3', ''])('asks nobody when %j is no scale', async (arg) => {
    const engine = await fakeEngine()
    const { stderr, exitCode } = await run(['service', 'scale', 'web=1', arg], { engine })
    expect(stderr).toMatch(
      new RegExp(
        `^invalid scale specifier '${arg}'.\nSee 'docker service scale --help'.\n\nUsage:  docker service scale SERVICE=REPLICAS \\[SERVICE=REPLICAS...\\]\n\n[^\n]+\n$`,
      ),
    )
    expect(exitCode).toBe(1)
  })
})

describe('docker service rollback', () => {
  const web = { json: service('s1', { Replicated: { Replicas: 0 } }, briefly) }

  it('asks for the previous configuration and waits for the tasks', async () => {
    const engine = await fakeEngine({
      'GET /services/web': web,
      'POST /services/s1/update': { json: { Warnings: ['- warning 1', '- warning 2'] } },
      'GET /tasks': { json: [] },
      'GET /nodes': { json: [] },
    })
    const { stdout, stderr } = await run(['service', 'rollback', 'web'], { engine })
    expect(stdout).toMatch(/^web\noverall progress: .*\n.*\nverify: Service web converged\n$/)
    expect(stderr).toBe('- warning 1\n- warning 2\n')
    expect(engine.requests[1]?.query).toEqual({ version: '7', rollback: 'previous' })
    expect((await run(['service', 'rollback', '-q', 'web'], { engine })).stdout).toBe('web\n')
  })

  it('does not wait when told so', async () => {
    const engine = await fakeEngine({ 'GET /services/web': web, 'POST /services/s1/update': { json: {} } })
    expect((await run(['service', 'rollback', '--detach', 'web'], { engine })).stdout).toBe('web\n')
    expect(engine.calls).toEqual(['GET /services/web', 'POST /services/s1/update'])
  })

  it('says what the daemon says', async () => {
    const engine = await fakeEngine({ 'GET /services/gone': gone })
    expect((await run(['service', 'rollback', 'gone'], { engine })).stderr).toBe(
      'Error response from daemon: service gone not found\n',
    )
  })
})
