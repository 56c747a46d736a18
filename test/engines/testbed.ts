import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { homedir, networkInterfaces, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { busyboxImage } from './busybox.ts'
import { packages, registry, tlsPort } from './declared.ts'
import type { Declared, Feature, Registries } from './declared.ts'

/** An engine that runs, as tests see it. */
export interface Engine {
  name: string
  kind: 'docker' | 'podman'
  features: Feature[]
  /** Its socket, as DOCKER_HOST says it. */
  host: string
  /** The same engine over TCP with TLS; certificates are in `Testbed.certificates`. */
  tlsHost?: string
  /** Where its published ports answer. */
  address: string
}

/** Everything that runs for the tests; plain data, so that it can cross to test workers. */
export interface Testbed {
  engines: Engine[]
  registries: Registries
  certificates: string
  folder: string
}

const here = import.meta.dirname

/** Says why real engines cannot be started here, or nothing when they can. */
export function unsupportedReason(): string | undefined {
  if (process.platform !== 'linux') return 'real engines need Linux'
  if (process.getuid?.() !== 0) return 'real engines need root; run: sudo npm test'
  const lacking = ['apt-get', 'dpkg-deb', 'flock', 'nsenter', 'setpriv', 'tar', 'unshare'].filter(
    (name) => !onPath(name),
  )
  if (lacking.length > 0) return `real engines need ${lacking.join(', ')} (Debian's apt, dpkg, tar and util-linux)`
  return undefined
}

/**
 * Starts engines and the registries and loads busybox into each engine. Stop ends them all and resolves when
 * nothing is left; they end by themselves too when this process dies.
 */
export async function startTestbed(wanted: Declared[]): Promise<{ testbed: Testbed; stop: () => Promise<void> }> {
  const roots = await unpackAll(new Set(['bookworm', ...wanted.map(({ suite }) => suite)] as const))
  const folder = mkdtempSync(join(tmpdir(), 'docket-run-'))
  const testbed = describeTestbed(folder, wanted, await claimNetwork())
  writeSandboxes(testbed, wanted, roots)

  const supervisor = spawn('bash', [join(here, 'testbed.sh'), folder], {
    stdio: ['pipe', 'ignore', openSync(join(folder, 'log'), 'a')],
    detached: true,
  })
  const stop = async (): Promise<void> => {
    if (supervisor.exitCode !== null) return
    supervisor.stdin?.end()
    await once(supervisor, 'exit')
  }
  try {
    await Promise.all(testbed.engines.map((engine) => waitUntilReady(engine, supervisor, folder)))
    const binary = join(roots.bookworm ?? '', 'bin/busybox')
    await Promise.all(testbed.engines.map((engine) => load(engine, binary)))
  } catch (error) {
    await stop()
    throw error
  }
  return { testbed, stop }
}

/** The folder that holds unpacked Debian packages between runs. */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'docket-engines')
}

type Suite = keyof typeof packages

async function unpackAll(suites: Set<Suite>): Promise<Partial<Record<Suite, string>>> {
  mkdirSync(cacheFolder(), { recursive: true })
  const roots: Partial<Record<Suite, string>> = {}
  await Promise.all([...suites].map(async (suite) => (roots[suite] = await unpack(suite))))
  return roots
}

const month = 30 * 24 * 3600 * 1000

async function unpack(suite: Suite): Promise<string> {
  const script = join(here, 'root.sh')
  const recipe = createHash('sha256').update(readFileSync(script)).update(packages[suite].join()).digest('hex')
  const root = join(cacheFolder(), `${suite}-${recipe.slice(0, 12)}`)
  writeFileSync(`${root}.used`, '')
  if (existsSync(root) && Date.now() - statSync(`${root}.lock`).mtimeMs < month) return root
  const making = spawn('flock', [`${root}.lock`, 'bash', script, root, suite, ...packages[suite]], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  for (const stream of [making.stdout, making.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = (await once(making, 'close')) as [number | null]
  if (code !== 0 && !existsSync(root))
    throw new Error(`could not unpack Debian ${suite}:\n${Buffer.concat(said).toString()}`)
  return root
}

function describeTestbed(folder: string, wanted: Declared[], network: string): Testbed {
  const registryAddress = `${network}.2`
  return {
    folder,
    certificates: join(folder, 'certificates'),
    registries: {
      open: `${registryAddress}:5000`,
      password: `${registryAddress}:5001`,
      tls: `${registryAddress}:5443`,
    },
    engines: wanted.map(({ name, kind, features }, index) => {
      const address = `${network}.${index + 10}`
      return {
        name,
        kind,
        features,
        address,
        host: `unix://${join(folder, 'sandboxes', name, 'engine.sock')}`,
        ...(features.includes('tls') ? { tlsHost: `tcp://${address}:${tlsPort}` } : {}),
      }
    }),
  }
}

/**
 * Three numbers of a /24 within the range set aside for benchmarks (RFC 2544), which no link of this host uses. A socket of
 * its name, held as long as this process lives, keeps it from runs that start at the same time.
 */
async function claimNetwork(): Promise<string> {
  const used = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  for (;;) {
    const network = `198.${18 + randomInt(2)}.${randomInt(256)}`
    if (used.some((address) => address.startsWith(`${network}.`))) continue
    const claim = createServer().unref().listen(`\0docket-network-${network}`)
    const claimed = await once(claim, 'listening').then(
      () => true,
      () => false,
    )
    if (claimed) return network
  }
}

function writeSandboxes(testbed: Testbed, wanted: Declared[], roots: Partial<Record<Suite, string>>): void {
  const { folder, certificates, registries } = testbed
  const network = registries.open.replace(/\.\d+:\d+$/, '')
  writeFileSync(join(folder, 'tools'), `${roots.bookworm}\n`)
  writeFileSync(join(folder, 'network'), `${network}\n`)
  writeFileSync(join(folder, 'link'), `dkt${network.replace(/^198\./, '').replace('.', '-')}\n`)
  const sandbox = (name: string, suite: Suite, address: string, start: Declared['start']): void => {
    const at = join(folder, 'sandboxes', name)
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, 'root'), `${roots[suite]}\n`)
    writeFileSync(join(at, 'address'), `${address}\n`)
    writeFileSync(join(at, 'start'), start({ folder: at, address, certificates, run: basename(folder), registries }))
  }
  for (const { name, suite, start } of wanted) {
    sandbox(name, suite, testbed.engines.find((engine) => engine.name === name)?.address ?? '', start)
  }
  sandbox('registry', 'bookworm', `${network}.2`, registry)
}

async function waitUntilReady(engine: Engine, supervisor: ChildProcess, folder: string): Promise<void> {
  const limit = Date.now() + 60_000
  while (Date.now() < limit && supervisor.exitCode === null) {
    const status = await call(engine, 'GET', '/_ping').then(
      (reply) => reply.status,
      () => 0,
    )
    if (status === 200) return
    await sleep(100)
  }
  const log = [join(folder, 'log'), join(folder, 'sandboxes', engine.name, 'log')].filter((path) => existsSync(path))
  const said = log.map((path) => readFileSync(path, 'utf8').slice(-3000)).join('\n')
  throw new Error(`${engine.name} did not start:\n${said}`)
}

async function load(engine: Engine, binary: string): Promise<void> {
  const tag = engine.kind === 'podman' ? 'docker.io/library/busybox:latest' : 'busybox:latest'
  const image = await busyboxImage(binary, tag)
  const { status, body } = await call(engine, 'POST', '/images/load', image)
  if (status !== 200 || body.includes('"error"')) throw new Error(`${engine.name} refused busybox: ${status} ${body}`)
}

/** One plain API call, free of the code under test. */
export async function call(
  engine: Pick<Engine, 'host'>,
  method: string,
  path: string,
  body?: Buffer | string,
): Promise<{ status: number; body: string }> {
  const json = typeof body === 'string'
  const outgoing = request({
    socketPath: engine.host.replace('unix://', ''),
    method,
    path,
    agent: false,
    headers: body === undefined ? {} : { 'Content-Type': json ? 'application/json' : 'application/x-tar' },
  })
  outgoing.end(body)
  const [response] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage]
  let answer = ''
  for await (const chunk of response.setEncoding('utf8')) answer += String(chunk)
  return { status: response.statusCode ?? 0, body: answer }
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
