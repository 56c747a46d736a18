import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeAuthHeader } from '../../src/config/auth.ts'
import { allCredentials, credentials, credentialStore, registryAuth } from '../../src/config/credentials.ts'
import { credentialWorld, programs } from './context.ts'

const decode = (header: string): unknown => JSON.parse(Buffer.from(header, 'base64url').toString())

test('finds credentials of Docker Hub under its old address', async () => {
  const { context } = credentialWorld({ config: '{"auths":{"https://index.docker.io/v1/":{"auth":"YTpi"}}}' })
  expect(decode(await registryAuth(context, 'docker.io'))).toEqual({
    username: 'a',
    password: 'b',
    serveraddress: 'https://index.docker.io/v1/',
  })
})

test('finds credentials stored with a scheme', async () => {
  const { context } = credentialWorld({ config: '{"auths":{"https://r.example:5000/v1/":{"auth":"YTpi"}}}' })
  expect(await credentials(context, 'r.example:5000')).toMatchObject({ username: 'a' })
  expect(await credentials(context, 'r.example')).toEqual({})
})

test('sends an empty object without credentials, padded and URL-safe', async () => {
  const { context } = credentialWorld({})
  expect(await registryAuth(context, 'r.example')).toBe('e30=')
  expect(encodeAuthHeader({ username: '>?>?>?', password: '' })).toBe(
    'eyJ1c2VybmFtZSI6Ilx1MDAzZT9cdTAwM2U_XHUwMDNlPyJ9',
  )
})

const helper = `#!/bin/sh
read -r server
case "$1" in
get) case "$server" in
  known) echo '{"ServerURL":"known","Username":"u","Secret":"s"}';;
  token) echo '{"Username":"<token>","Secret":"T"}';;
  broken) echo 'no luck'; exit 3;;
  none) echo 'credentials not found in native keychain'; exit 1;;
  esac;;
list) echo '{"known":"u","token":"<token>"}';;
store) echo "$server" > "$FILE";;
erase) echo "$server" > "$FILE";;
esac
`

function helped(more: { env?: Record<string, string>; config?: string } = {}) {
  const bin = programs({ 'docker-credential-fake': helper })
  return credentialWorld({ config: '{"credsStore":"fake"}', bin, ...more })
}

test('asks the helper', async () => {
  const { context } = helped()
  expect(await credentials(context, 'known')).toEqual({ username: 'u', password: 's', serveraddress: 'known' })
  expect(await credentials(context, 'token')).toEqual({ identitytoken: 'T', serveraddress: 'token' })
  expect(await credentials(context, 'none')).toEqual({})
  expect(await allCredentials(context)).toEqual({
    known: { username: 'u', password: 's', serveraddress: 'known' },
    token: { identitytoken: 'T', serveraddress: 'token' },
  })
})

test('gives the helper what to store and keeps it out of config.json', async () => {
  const { context, folder, said } = helped()
  const env = context.env as Record<string, string>
  env.FILE = join(folder, 'asked')
  const store = await credentialStore(context, 'r.example')
  await store.store({ username: 'u<', password: 'p', serveraddress: 'r.example' })
  expect(readFileSync(env.FILE, 'utf8')).toBe('{"ServerURL":"r.example","Username":"u\\u003c","Secret":"p"}\n')
  expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({
    credsStore: 'fake',
    auths: { 'r.example': {} },
  })
  await store.store({ username: 'u', password: 'p', identitytoken: 'I', serveraddress: 'r.example' })
  expect(readFileSync(env.FILE, 'utf8')).toBe(
    '{"ServerURL":"r.example","Username":"\\u003ctoken\\u003e","Secret":"I"}\n',
  )
  await store.erase('r.example')
  expect(readFileSync(env.FILE, 'utf8')).toBe('r.example\n')
  expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({ credsStore: 'fake', auths: {} })
  expect(said()).toBe('')
})

test('a broken helper is an error, or told where credentials may be missing', async () => {
  const { context, said } = helped()
  const problem = 'error getting credentials - err: exit status 3, out: `no luck`'
  await expect(registryAuth(context, 'broken')).rejects.toThrow(problem)
  expect(await registryAuth(context, 'broken', 'anonymous')).toBe('e30=')
  expect(said()).toBe(`WARNING: going on without credentials for broken: ${problem}\n`)
})

test('a helper that was only found, and cannot work here, is passed over in silence', async () => {
  const bin = programs({ 'docker-credential-secretservice': '#!/bin/sh\necho no desktop; exit 1\n' })
  const { context, said } = credentialWorld({ bin, platform: 'linux' })
  expect(await registryAuth(context, 'broken', 'anonymous')).toBe('e30=')
  expect(said()).toBe('')
  await expect(registryAuth(context, 'broken')).rejects.toThrow('no desktop')
})

test('a helper that is not there is an error', async () => {
  const { context } = credentialWorld({ config: '{"credHelpers":{"r.example":"nowhere"}}' })
  await expect(credentials(context, 'r.example')).rejects.toThrow(
    'error getting credentials - err: exec: "docker-credential-nowhere": executable file not found in $PATH, out: ``',
  )
  expect(await credentials(context, 'other.example')).toEqual({})
})

test('a helper that hangs ends with the command', async () => {
  const bin = programs({ 'docker-credential-slow': '#!/bin/sh\nexec sleep 100\n' })
  const abort = new AbortController()
  const { context } = credentialWorld({ config: '{"credsStore":"slow"}', bin, signal: abort.signal })
  const asked = credentials(context, 'r.example')
  setTimeout(() => abort.abort(), 50)
  await expect(asked).rejects.toThrow('interrupted')
})

test('a registry has its own helper before the common one', async () => {
  const { context, said } = helped({ config: '{"credsStore":"none","credHelpers":{"known":"fake"}}' })
  expect(await credentials(context, 'known')).toMatchObject({ username: 'u' })
  await expect(credentials(context, 'x')).rejects.toThrow('docker-credential-none')
  expect(said()).toBe('')
})

test('finds the default helper where nothing is configured, and writes it down', async () => {
  const bin = programs({ pass: '#!/bin/sh\n', 'docker-credential-pass': '#!/bin/sh\ncat >/dev/null\n' })
  const { context, folder } = credentialWorld({ bin, platform: 'linux' })
  await (await credentialStore(context, 'r')).store({ username: 'u', password: 'p', serveraddress: 'r' })
  expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toEqual({
    auths: { r: {} },
    credsStore: 'pass',
  })
})

test('no default helper beside credentials in config.json', async () => {
  const bin = programs({ pass: '#!/bin/sh\n', 'docker-credential-pass': '#!/bin/sh\nexit 1\n' })
  const { context } = credentialWorld({ bin, platform: 'linux', config: '{"auths":{"r":{"auth":"YTpi"}}}' })
  expect(await credentials(context, 'r')).toMatchObject({ username: 'a' })
})

test('warns of plain storage, once, and writes nothing for what is already there', async () => {
  const { context, said, folder } = credentialWorld({})
  const store = await credentialStore(context, 'r')
  await store.store({ username: 'u', password: 'p', serveraddress: 'r' })
  await store.store({ username: 'u', password: 'q', serveraddress: 'r' })
  const file = join(folder, 'config.json')
  expect(said()).toBe(
    `\nWARNING! Your credentials are stored unencrypted in '${file}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
  )
  const before = readFileSync(file, 'utf8')
  await store.erase('other')
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('erasing what is not there makes no file', async () => {
  const { context, folder } = credentialWorld({})
  await (await credentialStore(context, 'r')).erase('r')
  expect(existsSync(join(folder, 'config.json'))).toBe(false)
})

test('DOCKER_AUTH_CONFIG comes first', async () => {
  const env = { DOCKER_AUTH_CONFIG: '{"auths":{"r":{"auth":"ZTpl"}}}' }
  const { context } = credentialWorld({ env, config: '{"auths":{"r":{"auth":"YTpi"},"s":{"auth":"YTpi"}}}' })
  expect(await credentials(context, 'r')).toEqual({ username: 'e', password: 'e', serveraddress: 'r' })
  expect(await credentials(context, 's')).toMatchObject({ username: 'a' })
})

test.each([
  ['{', 'unexpected EOF'],
  ['{"auths":{"x":{"auth":"YTpi"}}} {}', 'DOCKER_AUTH_CONFIG does not support more than one JSON object'],
  ['{"auths":{"x":{}}}', 'DOCKER_AUTH_CONFIG environment variable is missing key `auth` for x'],
  ['{"auths":{"x":{"auth":"YTpi","username":"x"}}}', 'json: unknown field "username"'],
  ['{"auths":{"x":{"\\u0007":1}}}', 'json: unknown field "\\a"'],
  ['[]', 'json: cannot unmarshal array into Go value of type configfile.configEnv'],
  [
    '{"auths":{"x":3}}',
    'json: cannot unmarshal number into Go struct field configEnv.auths of type configfile.configEnvAuth',
  ],
])('says what is wrong with DOCKER_AUTH_CONFIG %s', async (text, problem) => {
  const { context, said } = credentialWorld({ env: { DOCKER_AUTH_CONFIG: text } })
  expect(await credentials(context, 'x')).toEqual({})
  expect(said()).toBe(`Failed to create credential store from DOCKER_AUTH_CONFIG:  ${problem}\n`)
})

test.each([
  [`echo 'hush-hush'`, 'invalid character'],
  [`echo '{"Username":"u","Secret":"hush-hush"}'; exit 1`, 'exit status 1'],
  [`echo '{"Username":"u","Secret":"hush-hush"'`, 'unexpected end of JSON input'],
])('what a helper prints is no part of an error when it may be a secret: %s', async (script, reason) => {
  const bin = programs({ 'docker-credential-odd': `#!/bin/sh\n${script}\n` })
  const { context } = credentialWorld({ config: '{"credsStore":"odd"}', bin })
  const error = await credentials(context, 'x').catch((thrown: unknown) => String(thrown))
  expect(error).toContain(reason)
  expect(error).not.toContain('hush')
})

test('a helper that answers null has no credentials', async () => {
  const bin = programs({ 'docker-credential-odd': '#!/bin/sh\necho null\n' })
  const { context } = credentialWorld({ config: '{"credsStore":"odd"}', bin })
  expect(await credentials(context, 'x')).toMatchObject({ username: '', password: '' })
})
