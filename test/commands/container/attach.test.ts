import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const running = { Running: true, Paused: false, Restarting: false }
const container = (State: object, Config: object = {}) => ({ json: { Id: 'w', State, Config } })

describe('attach', () => {
  it('shows the output, sends the input and ends with the exit code', async () => {
    const engine = await fakeEngine({
      'POST /containers/web/wait': { json: { StatusCode: 5 } },
      'GET /containers/web/json': container(running, { OpenStdin: true }),
      'POST /containers/web/attach': {
        hijack: async (stream) => {
          stream.stdout(`[${(await stream.stdin()).toString()}]`)
          stream.stderr('e')
        },
      },
    })
    expect(await run(['attach', 'web'], { engine, stdin: 'in' })).toEqual({ stdout: '[in]', stderr: 'e', exitCode: 5 })
    expect(engine.calls).toEqual([
      'POST /containers/web/wait',
      'GET /containers/web/json',
      'POST /containers/web/attach',
      'GET /containers/web/json',
    ])
    expect(engine.requests[2]?.query).toEqual({ stream: '1', stdin: '1', stdout: '1', stderr: '1' })
  })

  it.each([
    ['stopped', { ...running, Running: false }, 'cannot attach to a stopped container, start it first\n'],
    ['paused', { ...running, Paused: true }, 'cannot attach to a paused container, unpause it first\n'],
    [
      'restarting',
      { ...running, Restarting: true },
      'cannot attach to a restarting container, wait until it is running\n',
    ],
  ])('refuses a container that is %s', async (_, state, stderr) => {
    const engine = await fakeEngine({
      'POST /containers/web/wait': { json: { StatusCode: 0 } },
      'GET /containers/web/json': container(state),
    })
    expect(await run(['attach', 'web'], { engine })).toEqual({ stdout: '', stderr, exitCode: 1 })
  })

  it('does not wait for one that stopped while it attached', async () => {
    const engine = await fakeEngine({
      'POST /containers/web/wait': { json: { StatusCode: 0 } },
      'GET /containers/web/json': [container(running), container({ ...running, Running: false })],
      'POST /containers/web/attach': { hijack: () => new Promise((resolve) => setTimeout(resolve, 100)) },
    })
    expect(await run(['attach', 'web'], { engine })).toMatchObject({ exitCode: 1 })
  })

  it('reports what the wait ended in, and the absence of the container once', async () => {
    const engine = await fakeEngine({
      'POST /containers/web/wait': { json: { StatusCode: 0, Error: { Message: 'lost' } } },
      'GET /containers/web/json': container(running),
      'POST /containers/web/attach': { hijack: () => undefined },
    })
    expect(await run(['attach', '--no-stdin', 'web'], { engine })).toMatchObject({ stderr: 'lost\n', exitCode: 1 })
    const none = await fakeEngine({
      'POST /containers/nope/wait': { status: 404, error: 'No such container: nope' },
      'GET /containers/nope/json': { status: 404, error: 'No such container: nope' },
    })
    expect(await run(['attach', 'nope'], { engine: none })).toMatchObject({
      stderr: 'Error response from daemon: No such container: nope\n',
    })
  })

  it('makes a program on a terminal draw itself anew', async () => {
    const engine = await fakeEngine({
      'POST /containers/web/wait': { json: { StatusCode: 0 } },
      'GET /containers/web/json': container(running, { Tty: true }),
      'POST /containers/web/resize': {},
      'POST /containers/web/attach': { hijack: (stream) => stream.raw('$ ') },
    })
    const world = { engine, terminal: true, stdinTerminal: true }
    expect(await run(['attach', 'web'], world)).toMatchObject({ stdout: '$ ', exitCode: 0 })
    const sizes = engine.requests.filter(({ path }) => path.endsWith('/resize')).map(({ query }) => query)
    expect(sizes).toEqual([
      { h: '25', w: '81' },
      { h: '24', w: '80' },
    ])
  })
})
