import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bytesMessage } from '../../src/build/proto/filesync.ts'
import { ssh } from '../../src/build/proto/session.ts'
import { serveSsh } from '../../src/build/session/ssh-agent.ts'
import { daemonOf, type Daemon } from './daemon.ts'

function folderOf(): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'keys-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return folder
}

/** Makes a key by ssh-keygen; its file, and its public half in a line. */
function makeKey(args: string[]): { file: string; line: string } {
  const file = path.join(folderOf(), 'key')
  execFileSync('ssh-keygen', ['-q', '-N', '', '-C', '', '-f', file, ...args])
  return { file, line: fs.readFileSync(`${file}.pub`, 'utf8').trim() }
}

/** What a build step sees of an agent: a socket, each connection to it a call of the session's. */
async function mount(daemon: Daemon, id = 'default'): Promise<string> {
  const socketPath = path.join(folderOf(), 'agent')
  const server = createServer((socket) => {
    const call = daemon.open('/moby.sshforward.v1.SSH/ForwardAgent', { 'buildkit.ssh.id': id })
    socket.on('data', (data) => call.send(bytesMessage, { data }))
    socket.on('end', () => call.end())
    socket.on('error', () => undefined)
    void (async () => {
      for (let got = await call.next(bytesMessage); got !== undefined; got = await call.next(bytesMessage)) {
        socket.write(got.data)
      }
      socket.end()
    })()
  })
  server.listen(socketPath)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return socketPath
}

/** Runs a program of OpenSSH's that uses an agent; the daemon lives in this process, so not synchronously. */
async function using(
  agent: string,
  program: string,
  args: string[],
  input = '',
): Promise<SpawnSyncReturns<string>['stdout']> {
  const child = spawn(program, args, { env: { ...process.env, SSH_AUTH_SOCK: agent } })
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return `${Buffer.concat(said).toString()}${code === 0 ? '' : `exit ${code}`}`
}

const KINDS: [string, string[]][] = [
  ['Ed25519', ['-t', 'ed25519']],
  ['RSA', ['-t', 'rsa', '-b', '2048']],
  ['RSA in PEM', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
  ['RSA in PKCS8', ['-t', 'rsa', '-b', '2048', '-m', 'PKCS8']],
  ['ECDSA of 256 bits', ['-t', 'ecdsa', '-b', '256']],
  ['ECDSA of 384 bits', ['-t', 'ecdsa', '-b', '384']],
  ['ECDSA of 521 bits', ['-t', 'ecdsa', '-b', '521']],
  ['ECDSA in PEM', ['-t', 'ecdsa', '-b', '256', '-m', 'PEM']],
]

test.each(KINDS)('a key file of kind %s is listed and signs as an agent would', async (_, args) => {
  const { file, line } = makeKey(args)
  const daemon = await daemonOf(await serveSsh([{ id: 'default', paths: [file] }], {}))
  const agent = await mount(daemon)
  expect((await using(agent, 'ssh-add', ['-L'])).trim()).toBe(line)
  const folder = folderOf()
  const message = path.join(folder, 'message')
  fs.writeFileSync(message, 'to be signed')
  const signing = await using(agent, 'ssh-keygen', ['-Y', 'sign', '-n', 'test', '-f', `${file}.pub`, message])
  expect(signing).not.toMatch(/exit/)
  fs.writeFileSync(path.join(folder, 'allowed'), `me ${line}\n`)
  const verify = ['-Y', 'verify', '-n', 'test', '-I', 'me', '-f', path.join(folder, 'allowed'), '-s', `${message}.sig`]
  const { stdout } = spawnSync('ssh-keygen', verify, { input: 'to be signed', encoding: 'utf8' })
  expect(stdout).toMatch(/^Good "test" signature for me/)
})

async function realAgent(): Promise<string> {
  const socketPath = path.join(folderOf(), 'real')
  const child = spawn('ssh-agent', ['-D', '-a', socketPath])
  onTestFinished(() => void child.kill())
  await expect.poll(() => fs.existsSync(socketPath)).toBe(true)
  return socketPath
}

test('an agent is listed and signs through the session, and cannot be changed', async () => {
  const { file, line } = makeKey(['-t', 'ed25519'])
  const real = await realAgent()
  execFileSync('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: real } })
  const daemon = await daemonOf(await serveSsh([{ id: '', paths: [] }], { SSH_AUTH_SOCK: real }))
  const agent = await mount(daemon)
  expect((await using(agent, 'ssh-add', ['-L'])).split(' ').slice(0, 2)).toEqual(line.split(' ').slice(0, 2))
  expect(await using(agent, 'ssh-add', ['-T', `${file}.pub`])).not.toMatch(/exit/)
  for (const change of [['-D'], ['-d', file], ['-x']]) {
    expect(await using(agent, 'ssh-add', change, 'pass\npass\n')).toMatch(/exit|refused|failed/)
  }
  const left = execFileSync('ssh-add', ['-L'], { env: { ...process.env, SSH_AUTH_SOCK: real }, encoding: 'utf8' })
  expect(left.split(' ')[1]).toBe(line.split(' ')[1])
})

test('the daemon is told which names there are', async () => {
  const { file } = makeKey(['-t', 'ed25519'])
  const daemon = await daemonOf(await serveSsh([{ id: 'deploy', paths: [file] }], {}))
  const { checkAgent } = daemon.client(ssh)
  expect(await checkAgent({ id: 'deploy' })).toEqual({})
  await expect(checkAgent({ id: '' })).rejects.toThrow('unset ssh forward key default')
  const call = daemon.open('/moby.sshforward.v1.SSH/ForwardAgent', { 'buildkit.ssh.id': 'other' })
  expect(await call.ended()).toMatchObject({ message: 'unset ssh forward key other' })
})

test.each([
  ['no agent at all', [], /^invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set$/],
  ['a file that is not there', ['/nowhere/key'], /ID: "default": stat \/nowhere\/key: no such file or directory$/],
  ['what is no key', [import.meta.filename], /failed to parse .*ssh\.test\.ts: ssh: no key found$/],
])('%s is an error at once', async (_, paths, words) => {
  await expect(serveSsh([{ id: 'default', paths }], {})).rejects.toThrow(words)
})

test('a key with a passphrase is refused, with what to do', async () => {
  for (const format of [[], ['-m', 'PEM']]) {
    const { file } = makeKey(['-t', 'rsa', '-b', '2048', ...format])
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret phrase', '-f', file, ...format])
    await expect(serveSsh([{ id: 'a', paths: [file] }], {})).rejects.toThrow(
      /passphrase protected; load it into an agent/,
    )
  }
})

test('two sources of one name, and an agent beside a key, are refused', async () => {
  const { file } = makeKey(['-t', 'ed25519'])
  const twice = { id: 'a', paths: [file] }
  await expect(serveSsh([twice, twice], {})).rejects.toThrow('duplicate agent ID "a"')
  const real = await realAgent()
  await expect(serveSsh([{ id: 'a', paths: [real, file] }], {})).rejects.toThrow('only a single socket, or keys')
})

test('an agent that is gone is named', async () => {
  const folder = folderOf()
  const server = createServer().listen(path.join(folder, 's'))
  await once(server, 'listening')
  const daemon = await daemonOf(await serveSsh([{ id: 'a', paths: [path.join(folder, 's')] }], {}))
  server.close()
  await once(server, 'close')
  const call = daemon.open('/moby.sshforward.v1.SSH/ForwardAgent', { 'buildkit.ssh.id': 'a' })
  const error = await call.ended()
  expect(error?.message).toMatch(/^failed to dial agent a: failed to connect to .*\/s: /)
})
