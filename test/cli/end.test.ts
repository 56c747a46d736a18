import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fakeEngine, type Stub } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { builtArgv, programEnv } from '../program.ts'

interface Case {
  readonly line: string
  readonly code: number
  readonly stubs: Record<string, Stub>
  /** Sent once something was printed. */
  readonly signal?: NodeJS.Signals
}

const id = 'a'.repeat(64)
const inspected = {
  Id: id,
  Name: '/web',
  Config: { Tty: true },
  HostConfig: { LogConfig: {} },
  State: { Running: true },
}
const raw = { 'Content-Type': 'application/vnd.docker.raw-stream' }
const running: Record<string, Stub> = {
  'POST /containers/create': { status: 201, json: { Id: id, Warnings: [] } },
  [`POST /containers/${id}/wait`]: { json: { StatusCode: 0 } },
  [`POST /containers/${id}/start`]: { status: 204 },
  [`POST /containers/${id}/attach`]: { hijack: (stream) => stream.stdout('done\n') },
}

const cases: readonly Case[] = [
  { line: '--version', code: 0, stubs: {} },
  { line: 'ps', code: 0, stubs: { 'GET /containers/json': { json: [] } } },
  { line: 'ps', code: 1, stubs: { 'GET /containers/json': { error: 'out of order' } } },
  { line: 'pull busybox', code: 0, stubs: { 'POST /images/create': { lines: [{ status: 'Pulling' }] } } },
  { line: 'run busybox', code: 0, stubs: running },
  { line: 'run -i busybox', code: 0, stubs: running },
  {
    line: 'exec -i web cat',
    code: 0,
    stubs: {
      'GET /containers/web/json': { json: inspected },
      'POST /containers/web/exec': { status: 201, json: { Id: id } },
      [`POST /exec/${id}/start`]: { hijack: (stream) => stream.stdout('done\n') },
      [`GET /exec/${id}/json`]: { json: { ID: id, ExitCode: 0 } },
    },
  },
  {
    line: 'logs -f web',
    code: 130,
    signal: 'SIGINT',
    stubs: {
      'GET /containers/web/json': { json: inspected },
      [`GET /containers/${id}/logs`]: { handle: (response) => void response.writeHead(200, raw).write('line\n') },
    },
  },
]

// process.exit() of Node 22 and 24 may hang (main.ts): what a command leaves open has to be closed.
test.each(cases)(
  '$line with status $code ends by itself',
  async ({ line, code, signal, stubs }) => {
    const hook = path.join(temporaryFolder(), 'hook.cjs')
    const told =
      "process.reallyExit = (exit => code => (process._rawDebug('cut short'), exit(code)))(process.reallyExit)"
    fs.writeFileSync(hook, told)
    const { host } = await fakeEngine({}, { optional: stubs })
    const [node = '', ...program] = builtArgv()
    // The input stays open: nobody may wait for its end.
    const child = spawn(node, ['-r', hook, ...program, ...line.split(' ')], { env: programEnv(host) })
    onTestFinished(() => void child.kill('SIGKILL'))
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    child.stdout.once('data', () => signal && child.kill(signal)).resume()
    const [status] = (await once(child, 'close')) as [number | null]
    expect({ status, cut: stderr.includes('cut short') }, stderr).toEqual({ status: code, cut: false })
  },
  30_000,
)
