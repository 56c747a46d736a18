import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const container = (Config: object = {}, HostConfig: object = {}) => ({ json: { Id: 'full', Config, HostConfig } })

describe('start', () => {
  it('starts one after the other, and the rest where one does not start', async () => {
    const engine = await fakeEngine({
      'POST /containers/a/start': {},
      'POST /containers/b/start': { error: 'no' },
      'POST /containers/c/start': {},
    })
    expect(await run(['start', 'a', 'b', 'c'], { engine })).toEqual({
      stdout: 'a\nc\n',
      stderr: 'Error response from daemon: no\nfailed to start containers: b\n',
      exitCode: 1,
    })
  })

  it('attaches and waits before it starts', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/json': container({ OpenStdin: true }, { AutoRemove: true }),
      'POST /containers/full/attach': {
        hijack: async (stream) => stream.stdout(`[${(await stream.stdin()).toString()}]`),
      },
      'POST /containers/full/wait': { json: { StatusCode: 3 } },
      'POST /containers/full/start': {},
    })
    expect(await run(['start', '-ai', 'web'], { engine, stdin: 'in' })).toMatchObject({ stdout: '[in]', exitCode: 3 })
    expect(engine.calls.slice(1)).toEqual([
      'POST /containers/full/attach',
      'POST /containers/full/wait',
      'POST /containers/full/start',
    ])
    expect(engine.requests[2]?.query).toEqual({ condition: 'removed' })
  })

  it('ends the attachment, and waits for the removal, where the start fails', async () => {
    let removed = false
    const engine = await fakeEngine({
      'GET /containers/web/json': container({}, { AutoRemove: true }),
      'POST /containers/full/attach': {
        hijack: (stream) => new Promise((resolve) => stream.socket.on('close', resolve)),
      },
      'POST /containers/full/wait': {
        handle: async (response) => {
          response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
          await new Promise((resolve) => setTimeout(resolve, 200))
          removed = true
          response.end('{"StatusCode":0}')
        },
      },
      'POST /containers/full/start': { error: 'cannot' },
    })
    const { stderr, exitCode } = await run(['start', '-a', 'web'], { engine })
    expect([stderr, exitCode, removed]).toEqual(['Error response from daemon: cannot\n', 1, true])
  })

  it('shows all output of a container that has ended already', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/json': container(),
      'POST /containers/full/attach': {
        hijack: async (stream) => {
          await new Promise((resolve) => setTimeout(resolve, 150))
          stream.stdout('late')
        },
      },
      'POST /containers/full/wait': { json: { StatusCode: 2 } },
      'POST /containers/full/start': {},
    })
    expect(await run(['start', '-a', 'web'], { engine })).toEqual({ stdout: 'late', stderr: '', exitCode: 2 })
  })

  it('is 0 once detached', async () => {
    const engine = await fakeEngine(
      {
        'GET /containers/web/json': container({ Tty: true, OpenStdin: true }),
        'POST /containers/full/attach': {
          hijack: (stream) => new Promise((resolve) => stream.socket.on('close', resolve)),
        },
        'POST /containers/full/wait': { handle: (response) => response.writeHead(200).flushHeaders() },
        'POST /containers/full/start': {},
      },
      { optional: { 'POST /containers/full/resize': {} } },
    )
    const world = { engine, terminal: true, stdinTerminal: true, stdin: '\x10\x11' }
    expect(await run(['start', '-ai', 'web'], world)).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  it('refuses what it cannot do at once', async () => {
    expect(await run(['start', '-a', 'a', 'b'])).toMatchObject({
      stderr: 'you cannot start and attach multiple containers at once\n',
      exitCode: 1,
    })
    expect(await run(['start', '-a', '--detach-keys', 'bogus', 'a'])).toMatchObject({
      stderr: "invalid detach keys (bogus): Unknown character: 'bogus'\n",
      exitCode: 1,
    })
  })

  it('says where the wait failed, with 125', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/json': container(),
      'POST /containers/full/attach': { hijack: () => undefined },
      'POST /containers/full/wait': { error: 'cannot wait' },
      'POST /containers/full/start': {},
    })
    const { stderr, exitCode } = await run(['start', '-a', 'web'], { engine })
    expect(stderr).toMatch(/level=error msg="error waiting for container: Error response from daemon: cannot wait"\n$/)
    expect(exitCode).toBe(125)
  })
})
