import { PassThrough } from 'node:stream'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const succeeded: Stub = { json: { Status: 'Login Succeeded', IdentityToken: '' } }

function configured(config: object): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  return folder
}

const read = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))

test('sends what it is given and keeps it', async () => {
  const engine = await fakeEngine({ 'POST /auth': succeeded })
  const configDir = configured({ auths: { x: {} } })
  const outcome = await run(['login', '-u', 'ali', '--password-stdin', 'r.example'], {
    engine,
    configDir,
    stdin: 'open sesame \r\n',
  })
  expect(outcome.stdout).toBe('Login Succeeded\n')
  expect(engine.requests[0]?.json).toEqual({ username: 'ali', password: 'open sesame ', serveraddress: 'r.example' })
  expect(read(configDir)).toEqual({ auths: { x: {}, 'r.example': { auth: 'YWxpOm9wZW4gc2VzYW1lIA==' } } })
  expect(outcome.stderr).toContain('stored unencrypted')
})

test('keeps an identity token in place of the password', async () => {
  const engine = await fakeEngine({ 'POST /auth': { json: { Status: 'Login Succeeded', IdentityToken: 'ID' } } })
  const configDir = configured({ auths: { x: {} } })
  const { stderr } = await run(['login', '-u', 'ali', '-p', 'secret', 'r.example'], { engine, configDir })
  expect(read(configDir)).toEqual({ auths: { x: {}, 'r.example': { auth: 'YWxpOg==', identitytoken: 'ID' } } })
  expect(stderr).toBe('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n')
})

test('asks for the rest at a terminal', async () => {
  const engine = await fakeEngine({ 'POST /auth': succeeded })
  const stdin = new PassThrough()
  const modes: boolean[] = []
  const onRawMode = (raw: boolean) => void modes.push(raw)
  const onOutput = (shown: string) => {
    if (shown.endsWith('Username: ')) stdin.write(' ali\n')
    if (shown.endsWith('Password: ')) stdin.write('wrong\x15opex\x7fn\r')
  }
  const outcome = await run(['login', 'r.example'], {
    engine,
    configDir: configured({ auths: { x: {} } }),
    stdinTerminal: true,
    stdin,
    onRawMode,
    onOutput,
  })
  expect(outcome.stdout).toBe('Username: Password: \nLogin Succeeded\n')
  expect(engine.requests[0]?.json).toMatchObject({ username: 'ali', password: 'open' })
  expect(modes).toEqual([true, false])
})

test('an interrupted prompt gives the terminal back', async () => {
  const engine = await fakeEngine()
  const stdin = new PassThrough()
  const modes: boolean[] = []
  const onRawMode = (raw: boolean) => void modes.push(raw)
  stdin.write('secr\x03')
  const configDir = configured({ auths: { x: {} } })
  const { exitCode } = await run(['login', '-u', 'a', 'r.example'], {
    engine,
    configDir,
    stdinTerminal: true,
    stdin,
    onRawMode,
  })
  expect(exitCode).toBe(130)
  expect(modes).toEqual([true, false])
  expect(read(configDir)).toEqual({ auths: { x: {} } })
})

test('stored credentials that are refused lead to new ones', async () => {
  const engine = await fakeEngine({ 'POST /auth': [{ status: 401, error: 'no' }, succeeded] })
  const configDir = configured({ auths: { 'r.example': { auth: 'YTpi' } } })
  const stdin = new PassThrough()
  const onOutput = (shown: string) => {
    if (shown.endsWith('Username (a): ')) stdin.write('\n')
    if (shown.endsWith('Password: ')) stdin.write('c\n')
  }
  const outcome = await run(['login', 'r.example'], { engine, configDir, stdinTerminal: true, stdin, onOutput })
  expect(outcome.stderr).toContain('Stored credentials invalid or expired\n')
  expect(outcome.stdout).toBe('Username (a): Password: \nLogin Succeeded\n')
  expect(read(configDir)).toEqual({ auths: { 'r.example': { auth: 'YTpj' } } })
})

test('a helper that fails fails the login', async () => {
  const engine = await fakeEngine({ 'POST /auth': succeeded })
  const configDir = configured({ credsStore: 'nowhere' })
  const { stderr, exitCode } = await run(['login', '-u', 'a', '-p', 'b', 'r.example'], { engine, configDir })
  expect(exitCode).toBe(1)
  expect(stderr).toContain(
    'error saving credentials: error storing credentials - err: exec: "docker-credential-nowhere": executable file not found in $PATH, out: ``\n',
  )
})

test.each([
  [
    ['-p', 'x', '--password-stdin', '-u', 'a'],
    'conflicting options: cannot specify both --password and --password-stdin',
  ],
  [['--password-stdin'], 'the --password-stdin option requires --username to be set'],
  [['-p', '-'], 'the --password-stdin option requires --username to be set'],
  [['-u', ''], 'username is empty'],
  [['-p', ''], 'password is empty'],
  [['-u', 'a', '--password-stdin'], 'password is empty'],
  [['-u', 'a'], 'error: cannot perform an interactive login from a non-TTY device'],
])('refuses %j', async (argv, message) => {
  const { stderr, exitCode } = await run(['login', ...argv, 'r.example'], { configDir: configured({}) })
  expect(stderr).toBe(`${message}\n`)
  expect(exitCode).toBe(1)
})

test('logout forgets every name of the server', async () => {
  const configDir = configured({
    auths: { 'r.example': { auth: 'YTpi' }, 'https://r.example': { auth: 'YTpi' }, s: { auth: 'YTpi' } },
  })
  const outcome = await run(['logout', 'https://r.example'], { configDir })
  expect(outcome).toEqual({ stdout: 'Removing login credentials for r.example\n', stderr: '', exitCode: 0 })
  expect(read(configDir)).toEqual({ auths: { s: { auth: 'YTpi' } } })
})

test('logout says when nothing could be removed', async () => {
  const { stderr, exitCode } = await run(['logout', 'r.example'], { configDir: configured({ credsStore: 'nowhere' }) })
  expect(exitCode).toBe(0)
  expect(stderr).toMatch(/^WARNING: could not erase credentials:\nr\.example: error erasing credentials - err: exec: /)
})
