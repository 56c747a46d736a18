import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const made: Stub = { status: 201, json: { Id: 'abc', Warnings: [] } }
const create = 'POST /containers/create'
const attach = 'POST /containers/abc/attach'
const wait = 'POST /containers/abc/wait'
const start = 'POST /containers/abc/start'

function exit(code: number): Stub {
  return { json: { StatusCode: code } }
}

describe('run -d', () => {
  it('prints the ID and starts the container, nothing attached', async () => {
    const engine = await fakeEngine({ [create]: made, [wait]: exit(0), [start]: { status: 204 } })
    expect(await run(['run', '-d', 'busybox'], { engine })).toEqual({ stdout: 'abc\n', stderr: '', exitCode: 0 })
    expect(engine.calls).toEqual([create, wait, start])
    expect(engine.requests[0]?.json).toMatchObject({ AttachStdin: false, AttachStdout: false, AttachStderr: false })
    expect(engine.requests[1]?.query).toEqual({ condition: 'next-exit' })
  })

  it('does not wait for a container that runs on', async () => {
    const forever: Stub = { handle: (response) => response.writeHead(200).flushHeaders() }
    const engine = await fakeEngine({ [create]: made, [wait]: forever, [start]: { status: 204 } })
    expect((await run(['run', '-d', 'busybox'], { engine })).exitCode).toBe(0)
  })

  it.each([
    ['exec: "x": executable file not found in $PATH', 127],
    ['stat /x: no such file or directory', 127],
    ['exec /x: permission denied', 126],
    ['exec: "/tmp": is a directory', 126],
    ['driver failed', 125],
  ])('says that it did not start: %s', async (message, exitCode) => {
    const engine = await fakeEngine({ [create]: made, [wait]: exit(0), [start]: { error: message } })
    const outcome = await run(['run', '-d', '--rm', 'busybox'], { engine })
    const help = "Run 'docker run --help' for more information"
    expect(outcome).toEqual({
      stdout: 'abc\n',
      stderr: `docker: Error response from daemon: ${message}\n\n${help}\n`,
      exitCode,
    })
    expect(engine.requests[1]?.query).toEqual({ condition: 'removed' })
  })

  it('refuses streams that are attached and left alone at once', async () => {
    const engine = await fakeEngine()
    expect(await run(['run', '-d', '-a', 'stdout', 'busybox'], { engine })).toMatchObject({
      stderr: 'conflicting options: cannot specify both --attach and --detach\n',
      exitCode: 1,
    })
  })
})

describe('run', () => {
  it("shows the process's output and gives its status", async () => {
    const engine = await fakeEngine({
      [create]: made,
      [attach]: {
        hijack(stream) {
          stream.stdout('out\n')
          stream.stderr('err\n')
        },
      },
      [wait]: exit(7),
      [start]: { status: 204 },
    })
    expect(await run(['run', 'busybox'], { engine })).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 7 })
    expect(engine.calls).toEqual([create, attach, wait, start])
    expect(engine.requests[1]?.query).toEqual({ stream: '1', stdout: '1', stderr: '1' })
  })

  it('hands input on to its end', async () => {
    let input = ''
    const engine = await fakeEngine({
      [create]: made,
      [attach]: {
        async hijack(stream) {
          input = (await stream.stdin()).toString()
          stream.stdout(input)
        },
      },
      [wait]: exit(0),
      [start]: { status: 204 },
    })
    const outcome = await run(['run', '-i', 'busybox', 'cat'], { engine, stdin: 'hello' })
    expect([input, outcome.stdout, outcome.exitCode]).toEqual(['hello', 'hello', 0])
  })

  it('ends with the container, where only an input that stays open is attached', async () => {
    const engine = await fakeEngine({
      [create]: made,
      [attach]: { hijack: async (stream) => void (await stream.stdin()) },
      [wait]: exit(7),
      [start]: { status: 204 },
    })
    const outcome = await run(['run', '-a', 'stdin', 'busybox'], { engine, stdin: new PassThrough() })
    expect(outcome).toEqual({ stdout: '', stderr: '', exitCode: 7 })
  })

  it('lets go of the streams when the container does not start', async () => {
    const engine = await fakeEngine({
      [create]: made,
      [attach]: { hijack: async (stream) => void (await stream.stdin()) },
      [wait]: exit(0),
      [start]: { status: 400, error: 'bad parameter' },
    })
    expect(await run(['run', 'busybox'], { engine })).toMatchObject({ exitCode: 125, stdout: '' })
  })

  it.each([
    [['-it'], 'cannot attach stdin to a TTY-enabled container because stdin is not a terminal\n', 1],
    [['--detach-keys', 'x,nope'], "invalid detach keys (x,nope): Unknown character: 'nope'\n", 1],
  ])('refuses %j', async (flags, stderr, exitCode) => {
    const engine = await fakeEngine()
    expect(await run(['run', ...flags, 'busybox'], { engine })).toEqual({ stdout: '', stderr, exitCode })
  })

  it('says why a wait failed, and gives 125', async () => {
    const engine = await fakeEngine({
      [create]: made,
      [attach]: { hijack: () => undefined },
      [wait]: { json: { StatusCode: 0, Error: { Message: 'gone' } } },
      [start]: { status: 204 },
    })
    const outcome = await run(['run', 'busybox'], { engine, now: new Date('2024-01-02T03:04:05Z') })
    expect(outcome.exitCode).toBe(125)
    expect(outcome.stderr).toMatch(/^time="2024-01-0.*" level=error msg="Error waiting for container: gone"\n$/)
  })
})
