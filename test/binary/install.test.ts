import { spawn, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'

const script = path.resolve(import.meta.dirname, '../../scripts/install.sh')
const program = (target: string): string => `#!/bin/sh\necho "docket for ${target}"\n`
const targets = ['linux-x64', 'linux-x64-musl', 'linux-arm64', 'darwin-arm64']
const tools = ['sh', 'cut', 'sed', 'mkdir', 'mktemp', 'rm', 'mv', 'chmod', 'gzip', 'id', 'sha256sum', 'curl']

let folder: string
let server: http.Server
/** What the server gives, by path. */
let files: Map<string, Buffer | string>
/** Folders for one test: what is installed, and all the programs there are. */
let bin: string
let place: string

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-install-'))
  server = http.createServer(({ url = '' }, response) => {
    const content = files.get(url)
    response.statusCode = content === undefined ? 404 : 200
    response.end(content)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  server.close()
  fs.rmSync(folder, { recursive: true })
})

beforeEach(() => {
  place = path.join(fs.mkdtempSync(path.join(folder, 'place-')), 'bin')
  bin = fs.mkdtempSync(path.join(folder, 'tools-'))
  for (const tool of tools) {
    const found = spawnSync('/bin/sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
    fs.symlinkSync(found, path.join(bin, tool))
  }
  system('Linux', 'x86_64', 'ldd (GNU libc) 2.36')
  files = new Map(targets.map((target) => [`/v1/docket-${target}.gz`, zlib.gzipSync(program(target))]))
  const sums = [...files].map(([name, content]) => `${sha256(content)}  ${path.basename(name)}\n`)
  files.set('/v1/SHA256SUMS', sums.join(''))
})

function sha256(content: Buffer | string): string {
  return crypto.createHash('sha256').update(content).digest('hex')
}

/** A program of that name that runs `lines`. */
function tool(name: string, lines: string): void {
  fs.rmSync(path.join(bin, name), { force: true })
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
}

/** Makes the machine look like another one. */
function system(name: string, machine: string, ldd: string): void {
  tool('uname', `case $1 in -s) echo ${name} ;; -m) echo ${machine} ;; esac`)
  tool('ldd', `echo '${ldd}' >&2; exit 1`)
}

/** Runs the script, and says what is in the folder for programs after it. */
async function install(env: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  const release = `http://127.0.0.1:${port}/v1`
  const child = spawn('/bin/sh', [script], {
    env: { PATH: bin, HOME: folder, DOCKET_RELEASE: release, DOCKET_BIN: place, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const [code] = (await once(child, 'close')) as [number]
  const installed = fs.existsSync(place) ? fs.readdirSync(place) : []
  return { code, stdout, stderr: stderr.replaceAll(release, 'RELEASE'), installed }
}

it.each([
  ['Linux', 'x86_64', 'ldd (GNU libc) 2.36', 'linux-x64'],
  ['Linux', 'x86_64', 'musl libc (x86_64)', 'linux-x64-musl'],
  ['Linux', 'aarch64', 'ldd (GNU libc) 2.36', 'linux-arm64'],
  ['Darwin', 'arm64', 'ldd: not found', 'darwin-arm64'],
])('installs what runs on %s, %s, %s', async (name, machine, ldd, target) => {
  system(name, machine, ldd)
  const { code, stdout, stderr, installed } = await install()
  expect({ code, stderr, installed }).toEqual({ code: 0, stderr: '', installed: ['docket'] })
  expect(stdout).toBe(`docket for ${target}\ninstalled as ${place}/docket\n${place} is not on your PATH\n`)
  const file = path.join(place, 'docket')
  expect(fs.readFileSync(file, 'utf8')).toBe(program(target))
  expect(fs.statSync(file).mode & 0o777).toBe(0o755)
})

it('takes the place of what is installed', async () => {
  fs.mkdirSync(place)
  fs.writeFileSync(path.join(place, 'docket'), 'old', { mode: 0o500 })
  expect(await install()).toMatchObject({ code: 0, installed: ['docket'] })
  expect(fs.readFileSync(path.join(place, 'docket'), 'utf8')).toBe(program('linux-x64'))
})

it('installs nothing whose sum is another', async () => {
  const other = zlib.gzipSync(program('nobody'))
  const sum = sha256(files.get('/v1/docket-linux-x64.gz') ?? '')
  files.set('/v1/docket-linux-x64.gz', other)
  const { code, stderr, installed } = await install()
  expect({ code, installed }).toEqual({ code: 1, installed: [] })
  expect(stderr).toBe(
    `install.sh: docket-linux-x64.gz has the SHA-256 sum ${sha256(other)} where ${sum} is expected; nothing was installed\n`,
  )
})

it('installs nothing that has no sum', async () => {
  files.set('/v1/SHA256SUMS', `${'0'.repeat(64)}  docket-linux-x64xgz\n`)
  const { code, stderr, installed } = await install()
  expect({ code, installed }).toEqual({ code: 1, installed: [] })
  expect(stderr).toBe('install.sh: RELEASE/SHA256SUMS has no sum for docket-linux-x64.gz\n')
})

it.each(['/v1/docket-linux-x64.gz', '/v1/SHA256SUMS'])('says that %s cannot be downloaded', async (name) => {
  files.delete(name)
  const { code, stderr, installed } = await install()
  expect({ code, installed }).toEqual({ code: 1, installed: [] })
  expect(stderr).toContain(`install.sh: cannot download RELEASE${name.slice(3)}\n`)
})

it.each([
  ['FreeBSD', 'amd64'],
  ['Linux', 'riscv64'],
])('says that there is none for %s on %s', async (name, machine) => {
  system(name, machine, 'ldd')
  const { code, stderr, installed } = await install()
  expect({ code, installed }).toEqual({ code: 1, installed: [] })
  expect(stderr).toBe(`install.sh: there is no binary for ${name} on ${machine}; with Node.js: npm install -g docket\n`)
})

it.each([
  ['curl', 'curl or wget is needed, and neither is installed'],
  ['sha256sum', 'sha256sum or shasum is needed to check what is downloaded, and neither is installed'],
  ['gzip', 'gzip is needed, and is not installed'],
])('says that %s is missing', async (name, message) => {
  fs.rmSync(path.join(bin, name))
  expect(await install()).toMatchObject({ code: 1, stderr: `install.sh: ${message}\n`, installed: [] })
})

it('makes do with wget, and with the sums of Perl', async () => {
  const [curl, sha256sum] = ['curl', 'sha256sum'].map((name) => fs.readlinkSync(path.join(bin, name)))
  for (const name of ['curl', 'sha256sum']) fs.rmSync(path.join(bin, name))
  tool('wget', `[ "$1" = -qO ] && exec ${curl} -fsSo "$2" "$3"`)
  tool('shasum', `[ "$1 $2" = '-a 256' ] && exec ${sha256sum} "$3"`)
  expect(await install()).toMatchObject({ code: 0, installed: ['docket'] })
})

it('installs nothing that does not run, and says what may be missing', async () => {
  const broken = zlib.gzipSync('#!/bin/sh\nexit 127\n')
  files.set('/v1/docket-linux-x64-musl.gz', broken)
  files.set('/v1/SHA256SUMS', `${sha256(broken)}  docket-linux-x64-musl.gz\n`)
  system('Linux', 'x86_64', 'musl libc (x86_64)')
  expect(await install()).toMatchObject({
    code: 1,
    stderr:
      'install.sh: docket-linux-x64-musl does not run here; nothing was installed. It needs libstdc++ (Alpine: apk add libstdc++)\n',
    installed: [],
  })
})

it('asks which release is meant where none was written into it', async () => {
  const { code, stderr } = await install({ DOCKET_RELEASE: '' })
  expect(code).toBe(1)
  expect(stderr).toBe(
    'install.sh: DOCKET_RELEASE must be the address of the folder that a release is downloaded from\n',
  )
})
