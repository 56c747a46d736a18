import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.ts'
import { reference, version } from '../../src/version.ts'

const root = path.resolve(import.meta.dirname, '../..')
let folder: string
let binary: string

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-binary-'))
  const args = [
    path.join(root, 'scripts/build-binary.mjs'),
    '--out',
    folder,
    '--metafile',
    path.join(folder, 'meta.json'),
  ]
  binary = path.resolve(root, execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trim())
}, 300_000)

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

/** What the binary, or the file named, leaves behind; it runs in `cwd` without any environment but `env`. */
function run(argv: string[], { file = binary, cwd = folder, env = {} } = {}): SpawnSyncReturns<string> {
  return spawnSync(file, argv, { cwd, env: { HOME: folder, ...env }, encoding: 'utf8' })
}

/** A file of the binary's folder that leads to it under another name. */
function linked(name: string): string {
  const link = path.join(folder, name)
  fs.symlinkSync(binary, link)
  return link
}

it('knows its version, its help and the scripts for completion', () => {
  const file = linked('docket')
  expect(run(['--version'], { file }).stdout).toBe(
    `docket version ${version}, answers as docker ${reference.version}\n`,
  )
  const prepared = fs.readFileSync(path.join(root, 'dist/root-help.txt'), 'utf8')
  expect(run(['--help'], { file }).stdout).toBe(prepared.replaceAll('\0', 'docket'))
  for (const [shell, name] of [
    ['bash', 'docket.bash'],
    ['fish', 'docket.fish'],
    ['zsh', '_docket'],
  ] as const) {
    const script = fs.readFileSync(path.join(root, 'completions', name), 'utf8')
    expect(run(['completion', shell], { file }).stdout).toBe(script)
  }
})

it('goes by the name of the link it is called through', () => {
  const file = linked('docker')
  expect(run(['--version'], { file }).stdout).toBe(`Docker version ${reference.version}, build ${reference.commit}\n`)
  expect(run(['nonsense'], { file }).stderr).toContain(`docker: unknown command: docker nonsense`)
  const found = spawnSync('/bin/sh', ['-c', 'exec docker --version'], { env: { PATH: folder }, encoding: 'utf8' })
  expect(found.stdout).toContain('Docker version')
})

it('holds every command', () => {
  for (const { kind, path: words } of catalog) {
    if (kind !== 'command') continue
    const { status, stdout } = run([...words.split(' '), '--help'])
    expect([status, stdout.slice(0, 7)], words).toEqual([0, 'Usage: '])
  }
}, 120_000)

it('reads nothing of the folder it runs in', () => {
  const cwd = fs.mkdtempSync(path.join(folder, 'cwd-'))
  fs.writeFileSync(path.join(cwd, '.env'), 'DOCKER_HOST=tcp://evil.invalid:1\n')
  fs.writeFileSync(path.join(cwd, 'bunfig.toml'), 'preload = ["./evil.js"]\n')
  fs.writeFileSync(path.join(cwd, 'evil.js'), 'console.log("evil")\n')
  fs.writeFileSync(path.join(cwd, 'package.json'), '{')
  fs.writeFileSync(path.join(cwd, 'tsconfig.json'), '{')
  const { status, stdout, stderr } = run(['context', 'ls', '--format', '{{.DockerEndpoint}}'], { cwd })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'unix:///var/run/docker.sock\n', stderr: '' })
})

it('takes its arguments from the command line alone', () => {
  fs.writeFileSync(path.join(folder, 'other.js'), 'console.log("other")\n')
  // BUN_BE_BUN=1, and --preload in BUN_OPTIONS, do change what the binary is; as NODE_OPTIONS does with Node, they are for their owner.
  for (const [name, value] of [
    ['NODE_OPTIONS', '--require ./other.js'],
    ['BUN_OPTIONS', 'ps --version'],
    ['BUN_INSPECT', '127.0.0.1:0'],
    ['BUN_INSPECT_PRELOAD', './other.js'],
    ['NODE_CHANNEL_FD', '3'],
  ] as const) {
    const { status, stdout, stderr } = run(['context', 'show'], { env: { [name]: value } })
    expect({ status, stdout, stderr }, name).toEqual({ status: 0, stdout: 'default\n', stderr: '' })
  }
  for (const words of [['--preload=./other.js'], ['--inspect'], ['run', 'other.js'], ['-e', '1'], ['other.js']]) {
    const { status, stdout, stderr } = run(words, { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } })
    expect([words, status === 0, stdout]).toEqual([words, false, ''])
    expect(stderr).toMatch(/^(unknown|docket-|failed to connect)/)
  }
})

/** What esbuild says of each file of the bundle. */
type Outputs = Record<string, { entryPoint?: string; imports: { path: string; kind: string; external?: boolean }[] }>

it.each([
  ['ps', ['commands/container/ls.ts']],
  ['ps over TCP', ['commands/container/ls.ts', 'connection/tcp-route.ts']],
  ['exec', ['commands/container/exec.ts']],
  ['run', ['commands/container/run.ts', 'commands/container/_attach.ts', 'streams/signal-proxy.ts']],
])('loads no more of Node for %s than Bun has ready', (_, own) => {
  const { outputs } = JSON.parse(fs.readFileSync(path.join(folder, 'meta.json'), 'utf8')) as { outputs: Outputs }
  const entries = ['main.ts', ...own, 'connection/endpoint.ts', 'connection/connect.ts', 'connection/connect-bun.ts']
  const next = entries.map((entry) => Object.keys(outputs).find((file) => outputs[file]?.entryPoint === `src/${entry}`))
  expect(next).not.toContain(undefined)
  const seen = new Set<string>()
  const modules = new Set<string>()
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const { path: name, kind, external } of outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external !== true || name.startsWith('./'))
        next.push(Object.keys(outputs).find((file) => path.basename(file) === path.basename(name)))
      else modules.add(name)
    }
  }
  // node:net, streams and the like are JavaScript that Bun compiles anew in each run: milliseconds. See `latePlugin`.
  expect([...modules].toSorted()).toEqual(['node:events', 'node:fs', 'node:os', 'node:path'])
})

it('talks to an engine over its socket', async () => {
  const socket = path.join(folder, 'engine.sock')
  const body = JSON.stringify([{ Id: 'a'.repeat(64), Names: ['/one'] }])
  const requests: string[] = []
  const server = http.createServer(({ method, url }, response) => {
    requests.push(`${method} ${url}`)
    response.setHeader('Api-Version', '1.48')
    response.end(url?.endsWith('/_ping') === true ? 'OK' : body)
  })
  await once(server.listen(socket), 'listening')
  const child = spawn(binary, ['ps', '--format', '{{.Names}}'], {
    env: { HOME: folder, DOCKER_HOST: `unix://${socket}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  const [code] = (await once(child, 'close')) as [number]
  server.close()
  expect({ code, stdout, requests }).toEqual({
    code: 0,
    stdout: 'one\n',
    requests: ['HEAD /_ping', 'GET /v1.48/containers/json'],
  })
})

it('says why there is no engine as on Node', () => {
  const { status, stderr } = run(['ps'], { env: { DOCKER_HOST: `unix://${folder}/nothing.sock` } })
  expect(status).toBe(1)
  expect(stderr).toContain(`dial unix ${folder}/nothing.sock: connect: no such file or directory`)
})
