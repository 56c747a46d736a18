import fs from 'node:fs'
import { createServer, connect as dial, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { connect } from '../../src/connection/connect.ts'
import { endpointAt } from '../../src/connection/endpoint.ts'
import { fakeBuilder } from '../build/builder.ts'
import { run, type Outcome } from '../harness.ts'
import { speaksJavaScript } from './judge.ts'

/** The connections of a build by the request that opens them. */
export const conversations = ['POST /grpc', 'POST /session'] as const
export type Conversation = (typeof conversations)[number]

/** One thing that goes wrong in what the daemon sends over one connection, once so many bytes of it have come. */
export interface BuildFault {
  readonly of: Conversation
  readonly at: number
  readonly how: 'close' | 'silence' | 'nonsense' | 'changed' | 'lost' | 'http'
}

/** What a build left. */
export interface BuildResult extends Outcome {
  /** It had not ended by itself, nor after it was interrupted where it may wait. */
  readonly hung: boolean
  /** The builder had not answered before the fault. */
  readonly wasCut: boolean
  /** What is left in the folder for temporary files. */
  readonly left: readonly string[]
  /** Connections that are still open. */
  readonly open: number
  /** What there is of the result: all of it, none, or a part. */
  readonly result: 'whole' | 'none' | 'half'
  /** How many bytes have come over each connection. */
  readonly came: Readonly<Record<Conversation, number>>
}

const TIMEOUT_MS = 20_000
const SILENCE = 200

/** The ways a build can break the rules, as they are counted. */
export const buildOffences = ['hang', 'javascript', 'exit 0', 'silent', 'half file', 'left over', 'cursor'] as const
export type BuildOffence = (typeof buildOffences)[number]

/** Every fault of every conversation, at every so many bytes of what a build without faults has. */
export function buildFaults(well: BuildResult, every: number): BuildFault[] {
  const hows = ['close', 'silence', 'nonsense', 'changed', 'lost', 'http'] as const
  return conversations.flatMap((of) =>
    Array.from({ length: Math.ceil(well.came[of] / every) }, (_, i) => i * every).flatMap((at) =>
      hows.map((how) => ({ of, at, how })),
    ),
  )
}

/** What a build with a fault breaks. */
export function judgeBuild({ how }: BuildFault, result: BuildResult): BuildOffence[] {
  const { exitCode, stdout, stderr } = result
  const broken: BuildOffence[] = []
  if (result.hung) return ['hang']
  if (speaksJavaScript(stdout) || speaksJavaScript(stderr)) broken.push('javascript')
  // What is changed or missing may be of no account, and the result itself nobody can check.
  const isSubtle = how === 'changed' || how === 'lost'
  if (exitCode === 0 && result.wasCut && !isSubtle) broken.push('exit 0')
  // An interrupt needs no words.
  if (exitCode !== 0 && exitCode !== 130 && !/ERROR: \S/.test(stderr)) broken.push('silent')
  const isWrong = result.result === 'half' || (exitCode === 0 && result.result === 'none')
  if (isWrong && !isSubtle) broken.push('half file')
  if (result.left.length > 0 || result.open > 0) broken.push('left over')
  if (stderr.lastIndexOf('\x1b[?25l') > stderr.lastIndexOf('\x1b[?25h')) broken.push('cursor')
  return broken
}

/** Runs builds with faults, some beside each other and every other one on a terminal; gives what broke rules, and how many of each there were. */
export async function runBuilds(faults: readonly BuildFault[]) {
  const table: Record<string, Record<string, number>> = {}
  const findings: string[] = []
  const waiting = [...faults.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [number, fault] = next
      const result = await build(fault, { terminal: number % 2 === 1 })
      const offences = judgeBuild(fault, result)
      const row = (table[`${fault.how}, ${fault.of}`] ??= { cases: 0 })
      for (const name of ['cases', ...offences]) row[name] = (row[name] ?? 0) + 1
      const said = `exit ${result.exitCode}, ${JSON.stringify(result.stderr.slice(-200))}`
      if (offences.length > 0)
        findings.push(`${offences.join(', ')}: ${fault.how} at ${fault.at} of ${fault.of}: ${said}`)
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, worker))
  return { table, findings }
}

const ABREAST = 12

/** Builds by the builder of a daemon that plays a fault, if any, on a terminal or not. */
export async function build(fault?: BuildFault, { terminal = false } = {}): Promise<BuildResult> {
  const builder = await fakeBuilder()
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-build-'))
  for (const name of ['temporary', 'context']) fs.mkdirSync(path.join(root, name))
  fs.writeFileSync(path.join(root, 'context/file'), 'x'.repeat(100_000))
  const abort = new AbortController()
  const state = { wasCut: false }
  const way = await faultyWay(path.join(root, 's'), builder.socket, fault, () => {
    state.wasCut = builder.answered === 0
    if (fault?.how !== 'close') setTimeout(() => abort.abort(), SILENCE)
  })
  const host = `unix://${path.join(root, 's')}`
  const endpoint = () => Promise.resolve(endpointAt({ host, source: 'environment', contextName: 'default' }))
  const config = () => Promise.resolve({ data: {} })
  const engine = {
    host,
    engine: () => connect({ env: {}, endpoint, config, platform: 'linux', now: () => new Date() }),
  }
  const ended = run(['build', '-f', '-', '-o', 'out', 'context'], {
    engine,
    signal: abort.signal,
    stdin: 'FROM scratch\nCOPY . /\n',
    cwd: root,
    configDir: path.join(root, 'config'),
    env: { TMPDIR: path.join(root, 'temporary') },
    terminal,
  })
  const outcome = await within(TIMEOUT_MS, ended)
  const left = fs.readdirSync(path.join(root, 'temporary'))
  const result = resultIn(path.join(root, 'out'))
  const open = await way.settled()
  abort.abort()
  way.close()
  builder.close()
  fs.rmSync(root, { recursive: true, force: true })
  const said = outcome ?? { stdout: '', stderr: '', exitCode: -1 }
  const stderr = said.stderr.replaceAll(root, 'FOLDER')
  return { ...said, ...state, stderr, hung: outcome === undefined, left, result, open, came: way.came }
}

function resultIn(folder: string): BuildResult['result'] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  if (names.length === 0) return 'none'
  return names.join() === 'result' && fs.readFileSync(path.join(folder, 'result'), 'utf8') === 'made' ? 'whole' : 'half'
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), milliseconds)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A socket that leads to the builder's, and plays the fault on the way back; `onFault` is called when it is played. */
async function faultyWay(place: string, target: string, fault: BuildFault | undefined, onFault: () => void) {
  const came: Record<Conversation, number> = { 'POST /grpc': 0, 'POST /session': 0 }
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = dial({ path: target, allowHalfOpen: true })
    near.on('end', () => sockets.delete(near)).on('close', () => sockets.delete(near))
    const close = (): void => void (near.destroy(), far.destroy())
    for (const socket of [near, far]) socket.on('error', close)
    near.pipe(far)
    let conversation: Conversation | undefined
    near.once('data', (head: Buffer) => {
      conversation = conversations.find((request) => head.toString('latin1').startsWith(request))
      if (conversation !== undefined) sockets.add(near)
    })
    let isPlayed = false
    far.on('end', () => near.end())
    far.on('close', () => near.end())
    far.on('data', (chunk: Buffer) => {
      if (conversation === undefined) return void near.write(chunk)
      const before = came[conversation]
      came[conversation] += chunk.length
      const isDue = fault?.of === conversation && before + chunk.length > fault.at && before <= fault.at
      if (isPlayed && fault?.how !== 'changed' && fault?.how !== 'lost') return
      if (fault === undefined || !isDue) return void near.write(chunk)
      isPlayed = true
      near.write(chunk.subarray(0, fault.at - before))
      play(fault.how, near, Buffer.from(chunk.subarray(fault.at - before)))
      onFault()
    })
  })
  await new Promise<void>((resolve) => server.listen(place, resolve))
  return {
    came,
    /** How many connections the client leaves open: it has some time to close them. */
    async settled() {
      for (let tries = 0; tries < 100 && sockets.size > 0; tries++) await new Promise((r) => setTimeout(r, 10))
      return sockets.size
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** `rest` is what the daemon was about to send. */
function play(how: BuildFault['how'], near: Socket, rest: Buffer): void {
  if (how === 'close') near.end()
  else if (how === 'nonsense') near.write(Buffer.alloc(4096, 'nonsense '))
  else if (how === 'http') near.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request')
  else if (how === 'lost') near.write(rest.subarray(1))
  else if (how === 'changed') {
    rest[0] = (rest[0] ?? 0) ^ 0x5a
    near.write(rest)
  }
}
