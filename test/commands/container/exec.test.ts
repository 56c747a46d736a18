import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const inspect = { 'GET /containers/web/json': { json: { Id: 'w' } } }
const created = { 'POST /containers/web/exec': { json: { Id: 'e1' } } }
const exited = (ExitCode: number) => ({ 'GET /exec/e1/json': { json: { ExitCode } } })

describe('exec', () => {
  it('runs a command, parts its output from its errors and ends with its exit code', async () => {
    const engine = await fakeEngine({
      ...inspect,
      ...created,
      ...exited(7),
      'POST /exec/e1/start': {
        hijack: (stream) => {
          stream.stdout('out\n')
          stream.stderr('err\n')
        },
      },
    })
    expect(await run(['exec', 'web', 'ls', '-la'], { engine })).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      exitCode: 7,
    })
    expect(engine.requests[1]?.json).toEqual({
      Tty: false,
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      Cmd: ['ls', '-la'],
    })
    expect(engine.requests[2]?.json).toEqual({ Detach: false, Tty: false })
  })

  it('sends all of stdin, then closes that direction only', async () => {
    const text = 'x'.repeat(1_000_000)
    const engine = await fakeEngine({
      ...inspect,
      ...created,
      ...exited(0),
      'POST /exec/e1/start': {
        hijack: async (stream) => {
          const input = await stream.stdin()
          stream.stdout(`got ${input.length}`)
        },
      },
    })
    const { stdout } = await run(['exec', '-i', 'web', 'cat'], { engine, stdin: text })
    expect(stdout).toBe('got 1000000')
  })

  it('gives the terminal its size and passes bytes on as they are', async () => {
    const engine = await fakeEngine({
      ...inspect,
      ...created,
      ...exited(0),
      'POST /exec/e1/resize': { status: 200 },
      'POST /exec/e1/start': { hijack: (stream) => stream.raw('\x01\x00raw\r\n') },
    })
    const world = { engine, terminal: true, stdinTerminal: true }
    const { stdout } = await run(['exec', '-it', 'web', 'sh'], world)
    expect(stdout).toBe('\x01\x00raw\r\n')
    expect(engine.requests[1]?.json).toMatchObject({ Tty: true, AttachStdin: true, ConsoleSize: [24, 80] })
    expect(engine.requests.find(({ path: at }) => at === '/exec/e1/resize')?.query).toEqual({ h: '24', w: '80' })
  })

  it('detaches on the keys of the configuration, with the words of the reference', async () => {
    const engine = await fakeEngine(
      {
        ...inspect,
        ...created,
        'POST /exec/e1/start': { hijack: async (stream) => void (await stream.received(2)) },
      },
      { optional: { 'POST /exec/e1/resize': {} } },
    )
    const world = { engine, terminal: true, stdinTerminal: true, stdin: 'lsxyz', config: { detachKeys: 'x,y' } }
    expect(await run(['exec', '-it', 'web', 'sh'], world)).toEqual({
      stdout: '',
      stderr: 'read escape sequence\n',
      exitCode: 1,
    })
  })

  it('refuses a terminal whose input is none, before anything is made', async () => {
    const engine = await fakeEngine(inspect)
    const { stderr, exitCode } = await run(['exec', '-it', 'web', 'sh'], { engine })
    expect(stderr).toBe('cannot attach stdin to a TTY-enabled container because stdin is not a terminal\n')
    expect(exitCode).toBe(1)
  })

  it('starts in the background without waiting', async () => {
    const engine = await fakeEngine({ ...inspect, ...created, 'POST /exec/e1/start': {} })
    expect(await run(['exec', '-dit', 'web', 'sleep', '1'], { engine })).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    })
    expect(engine.requests[1]?.json).toMatchObject({ AttachStdin: false, AttachStdout: false, AttachStderr: false })
    expect(engine.requests[2]?.json).toEqual({ Detach: true, Tty: true })
  })

  it('reads variables from files, then from flags, names alone from the environment', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'env.list'), 'A=1\n# no\nHOSTVAR\nGONE\n')
    const engine = await fakeEngine({ ...inspect, ...created, 'POST /exec/e1/start': {} })
    const argv = ['exec', '-d', '-e', 'B=2', '-e', 'HOSTVAR', '-e', 'NONE', '--env-file', 'env.list', 'web', 'env']
    await run(argv, { engine, cwd, env: { HOSTVAR: 'h' } })
    expect(engine.requests[1]?.json).toMatchObject({ Env: ['A=1', 'HOSTVAR=h', 'B=2', 'HOSTVAR=h', 'NONE'] })
    const missing = await run(['exec', '--env-file', 'missing', 'web', 'env'], { engine, cwd })
    expect(missing).toMatchObject({ stderr: 'open missing: no such file or directory\n', exitCode: 1 })
  })

  it('ends with 255 where the engine goes away with the command, and says so', async () => {
    const engine = await fakeEngine({
      ...inspect,
      ...created,
      'GET /exec/e1/json': { drop: true },
      'POST /exec/e1/start': { hijack: (stream) => stream.stdout('bye') },
    })
    const outcome = await run(['exec', 'web', 'ls'], { engine })
    expect(outcome).toMatchObject({ stdout: 'bye', exitCode: 255 })
    expect(outcome.stderr).toMatch(/^the command's exit code is not known: error during connect: Get .*: EOF\n$/)
  })

  it('reports an error that the daemon sends within the stream', async () => {
    const engine = await fakeEngine({
      ...inspect,
      ...created,
      'POST /exec/e1/start': {
        hijack: ({ socket }) => void socket.write(Buffer.from('\x03\0\0\0\0\0\0\x04oops', 'latin1')),
      },
    })
    expect(await run(['exec', 'web', 'ls'], { engine })).toMatchObject({
      stderr: 'error from daemon in stream: oops\n',
      exitCode: 1,
    })
  })
})
