import type { ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const sample = (name: string, used = 100) => ({
  id: `${name}0000000000000000`,
  name: `/${name}`,
  cpu_stats: { cpu_usage: { total_usage: used }, system_cpu_usage: 1000, online_cpus: 1 },
  precpu_stats: { cpu_usage: { total_usage: 50 }, system_cpu_usage: 500 },
  memory_stats: { usage: 2 ** 20, limit: 2 ** 22 },
  networks: { eth0: { rx_bytes: 1000, tx_bytes: 20 } },
  pids_stats: { current: 3 },
})
const missing = { status: 404, error: 'No such container: nope' }
const header = 'CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O     BLOCK I/O   PIDS\n'

/** Sends what `values` are, and leaves the answer open. */
const open = (...values: unknown[]) => ({
  handle: (response: ServerResponse) =>
    void response.writeHead(200).write(values.map((value) => `${JSON.stringify(value)}\n`).join('')),
})

describe('docker stats --no-stream', () => {
  it('shows one sample of each in the order given', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/stats': { json: sample('web') },
      'GET /containers/db/stats': { json: sample('db') },
    })
    const { stdout } = await run(['stats', '--no-stream', 'web', 'db', 'web'], { engine })
    expect(stdout).toBe(
      `${header}web000000000   web       10.00%    1MiB / 4MiB         25.00%    1kB / 20B   0B / 0B     3\n` +
        'db0000000000   db        10.00%    1MiB / 4MiB         25.00%    1kB / 20B   0B / 0B     3\n',
    )
    expect(engine.requests.map(({ query }) => query)).toEqual([{ stream: 'false' }, { stream: 'false' }])
  })

  it('watches many without a warning of Node', async () => {
    const warnings: Error[] = []
    const note = (warning: Error): void => void warnings.push(warning)
    process.on('warning', note)
    onTestFinished(() => void process.off('warning', note))
    const names = Array.from({ length: 20 }, (_, i) => `c${i}`)
    const stubs = names.map((name) => [`GET /containers/${name}/stats`, { json: sample(name) }] as const)
    const engine = await fakeEngine(Object.fromEntries(stubs))
    expect((await run(['stats', '--no-stream', ...names], { engine })).exitCode).toBe(0)
    expect(warnings).toEqual([])
  })

  it('fails when one of the named containers cannot be watched', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/stats': { json: sample('web') },
      'GET /containers/nope/stats': missing,
    })
    expect(await run(['stats', '--no-stream', 'web', 'nope'], { engine })).toEqual({
      stdout: '',
      stderr: 'Error response from daemon: No such container: nope\n',
      exitCode: 1,
    })
  })

  it('shows what is listed, with dashes for what does not answer', async () => {
    const engine = await fakeEngine({
      'GET /events': open(),
      'GET /containers/json': { json: [{ Id: 'web' }, { Id: 'nope' }] },
      'GET /containers/web/stats': { json: sample('web') },
      'GET /containers/nope/stats': missing,
    })
    const { stdout } = await run(
      ['stats', '-a', '--no-stream', '--format', '{{.Container}} {{.CPUPerc}} {{.MemUsage}}'],
      {
        engine,
      },
    )
    expect(stdout).toBe('web 10.00% 1MiB / 4MiB\nnope -- -- / --\n')
    expect(engine.requests.find(({ path }) => path === '/containers/json')?.query).toEqual({ all: '1' })
  })

  it('prints nothing where nothing runs', async () => {
    const engine = await fakeEngine({ 'GET /events': open(), 'GET /containers/json': { json: [] } })
    expect(await run(['stats', '--no-stream'], { engine })).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  it('takes the format of config.json', async () => {
    const engine = await fakeEngine({ 'GET /containers/web/stats': { json: sample('web') } })
    const config = { statsFormat: '{{.Name}}:{{.PIDs}}' }
    expect((await run(['stats', '--no-stream', 'web'], { engine, config })).stdout).toBe('web:3\n')
  })
})

describe('docker stats', () => {
  it('draws over what was there until it is told to end, which is no error', async () => {
    const engine = await fakeEngine({ 'GET /containers/web/stats': open(sample('web'), sample('web', 300)) })
    const ending = new AbortController()
    const onOutput = (text: string) => {
      if (text.split('\x1b[H').length > 2) ending.abort()
    }
    const outcome = await run(['stats', '--format', '{{.Name}} {{.CPUPerc}}', 'web'], {
      engine,
      signal: ending.signal,
      onOutput,
    })
    const frame = '\x1b[Hweb 50.00%\x1b[K\n\x1b[K\n\x1b[J'
    expect(outcome).toEqual({ stdout: frame + frame, stderr: '', exitCode: 0 })
  })

  it('takes up containers that start and drops those that die', async () => {
    const event = (Action: string, ID: string) => ({ Type: 'container', Action, Actor: { ID } })
    const engine = await fakeEngine({
      'GET /events': open(event('start', 'new'), event('create', 'other'), event('die', 'old')),
      'GET /containers/json': {
        handle: async (response) => {
          await new Promise((resolve) => setTimeout(resolve, 100))
          response.end('[{"Id":"web"}]')
        },
      },
      'GET /containers/web/stats': open(sample('web')),
      'GET /containers/new/stats': open(sample('new')),
    })
    const ending = new AbortController()
    const { stdout } = await run(['stats', '--format', '{{.Name}}'], {
      engine,
      signal: ending.signal,
      onOutput: () => ending.abort(),
    })
    expect(stdout).toBe('\x1b[Hnew\x1b[K\nweb\x1b[K\n\x1b[K\n\x1b[J')
  })

  it('ends when the daemon does', async () => {
    const engine = await fakeEngine({ 'GET /events': { text: '' }, 'GET /containers/json': { json: [] } })
    expect((await run(['stats'], { engine })).exitCode).toBe(0)
  })
})
