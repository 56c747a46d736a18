import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { builtArgv, programEnv } from '../program.ts'
import { loadedBy } from '../start-up.ts'

/** What a start costs where nothing is timed; `start-up.json` has a row for each command. */
interface Costs {
  /** The files of dist/ that are read. */
  readonly chunks: readonly string[]
  /** Their bytes. */
  readonly bytes: number
  /** Node's own modules beyond those of any program. */
  readonly modules: number
  /** System calls on files and sockets beyond those of an empty program. */
  readonly calls: number
}

const table = path.join(import.meta.dirname, 'start-up.json')
const costs = JSON.parse(fs.readFileSync(table, 'utf8')) as Record<string, Costs>

const id = 'a'.repeat(64)
const image = `sha256:${id}`
const container = { Id: id, Name: '/web', Config: { Image: 'busybox' }, HostConfig: {}, State: { Running: true } }

/** What the daemon answers to the commonest commands. */
const stubs: Record<string, Record<string, Stub>> = {
  '--version': {},
  '--help': {},
  ps: { 'GET /containers/json': { json: [{ Id: id, Names: ['/web'], Image: 'busybox', Created: 1 }] } },
  images: { 'GET /images/json': { json: [{ Id: image, RepoTags: ['busybox:latest'], Created: 1, Size: 1 }] } },
  'inspect web': { 'GET /containers/web/json': { json: container } },
  version: { 'GET /version': { json: { Version: '28.0.0', ApiVersion: '1.48', Os: 'linux', Arch: 'amd64' } } },
  'run -d busybox': {
    'POST /containers/create': { status: 201, json: { Id: id, Warnings: [] } },
    [`POST /containers/${id}/wait`]: { json: { StatusCode: 0 } },
    [`POST /containers/${id}/start`]: { status: 204 },
  },
  'exec -d web true': {
    'GET /containers/web/json': { json: container },
    'POST /containers/web/exec': { status: 201, json: { Id: id } },
    [`POST /exec/${id}/start`]: {},
  },
  'logs web': {
    'GET /containers/web/json': {
      json: { ...container, Config: { Tty: true }, HostConfig: { LogConfig: { Type: 'json-file' } } },
    },
    [`GET /containers/${id}/logs`]: {
      text: 'line\n',
      headers: { 'Content-Type': 'application/vnd.docker.raw-stream' },
    },
  },
  'rm web': { 'DELETE /containers/web': { status: 204 } },
}

const traces = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

describe.each(Object.keys(stubs))('the start of docket %s', (line) => {
  const argv = line.split(' ')
  const engine = async (): Promise<string> => (await fakeEngine({}, { optional: stubs[line] ?? {} })).host

  it('loads the files of dist/ and the modules of Node that it needs', async () => {
    const { chunks, modules } = await loadedBy(argv, await engine())
    const bytes = chunks.reduce((sum, name) => sum + fs.statSync(path.join('dist', name)).size, 0)
    const known = costs[line]
    expect(chunks.toSorted(), advice(line, 'chunks', chunks.toSorted())).toEqual(known?.chunks)
    within(bytes, known?.bytes, 0.1 * bytes, advice(line, 'bytes', bytes))
    // Releases of Node differ by one.
    const meaning = `${advice(line, 'modules', modules.length)}; they are ${modules.join(' ')}`
    within(modules.length, known?.modules, 1, meaning)
  })

  it.skipIf(!traces)(
    `asks the system for as little${traces ? '' : ' (not run: strace cannot trace here)'}`,
    async () => {
      const env = programEnv(await engine())
      const program = [...builtArgv(), ...argv]
      // Once to keep what was compiled, and once with it; another program of the same folder is what every start takes.
      expect(await status(program, env)).toBe(0)
      const empty = await traced([process.execPath, '--', 'bin/keep-compiled.cjs'], env)
      const calls = (await traced(program, env)) - empty
      within(calls, costs[line]?.calls, 3, advice(line, 'calls', calls))
    },
  )
})

/** What to do where a number is off. */
function advice(line: string, what: string, now: unknown): string {
  return (
    `the start of \`docket ${line}\` has changed: ${what} is ${JSON.stringify(now)} now. Look for what it loads or asks more than ` +
    `before (an import that only some runs need goes behind import()); if it has to, put this into test/cli/start-up.json`
  )
}

function within(now: number, known: number | undefined, margin: number, meaning: string): void {
  expect(Math.abs(now - (known ?? NaN)), meaning).toBeLessThanOrEqual(margin)
}

/** The calls on files and sockets that a program makes; those of waiting and waking threads depend on the machine's load. */
async function traced(program: readonly string[], env: Record<string, string>): Promise<number> {
  const log = path.join(temporaryFolder(), 'calls')
  expect(await status(['strace', '-f', '-qq', '-e', 'trace=%file,%network', '-o', log, ...program], env)).toBe(0)
  const lines = fs.readFileSync(log, 'utf8').split('\n')
  return lines.filter((text) => /^\d+ +\w+\(/.test(text)).length
}

async function status([file = '', ...args]: readonly string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(file, args, { env, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
