import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines(
  'a daemon behind TLS',
  (engine) => {
    const host = engine.tlsHost ?? ''
    const folder = (name: string) => join(engine.testbed.certificates, name)
    const tls = (name: string) => ({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder(name) })

    test('answers who has the right certificates, hijacked streams too', async () => {
      const named = ['cacert=ca', 'cert=cert', 'key=key'].map(
        (each) => `--tls${each.replace('=', `=${folder('right')}/`)}.pem`,
      )
      const byFlags = await engine.docket(['-H', host, '--tlsverify', ...named, 'ps', '-q'])
      expect(byFlags).toMatchObject({ code: 0, stderr: '' })
      const run = await engine.docket(['run', '-i', '--rm', 'busybox', 'cat'], { env: tls('right'), input: 'over TLS' })
      expect(run).toMatchObject({ code: 0, stdout: 'over TLS', stderr: '' })
    })

    test.each(['expired', 'foreign'])('tells who has an unfit certificate what is wrong (%s)', async (name) => {
      const { code, stderr } = await engine.docket(['ps'], { env: tls(name) })
      expect(code).toBe(1)
      expect(stderr).toMatch(/: Get ".*": remote error: tls: (bad|expired|unknown) certificate/)
    })

    test('tells who has no certificate, or no TLS, what is missing', async () => {
      const bare = mkdtempSync(join(tmpdir(), 'docket-ca-'))
      symlinkSync(join(folder('right'), 'ca.pem'), join(bare, 'ca.pem'))
      const missing = await engine.docket(['ps'], { env: { ...tls('right'), DOCKER_CERT_PATH: bare } })
      rmSync(bare, { recursive: true })
      expect(missing.code).toBe(1)
      expect(missing.stderr).toMatch(/remote error: tls: (certificate required|bad certificate)\n$/)
      const plain = await engine.docket(['ps'], { env: { DOCKER_HOST: host } })
      expect(plain.stderr).toContain('Client sent an HTTP request to an HTTPS server.')
    })

    test('is not trusted on the word of another authority, or of none', async () => {
      const folderOf = mkdtempSync(join(tmpdir(), 'docket-ca-'))
      symlinkSync(join(engine.testbed.certificates, 'foreign-ca.pem'), join(folderOf, 'ca.pem'))
      const wrong = await engine.docket(['ps'], { env: { ...tls('right'), DOCKER_CERT_PATH: folderOf } })
      rmSync(folderOf, { recursive: true })
      expect(wrong.stderr).toMatch(
        /tls: failed to verify certificate: x509: certificate signed by unknown authority\n$/,
      )
      const none = await engine.docket(['ps'], { env: { ...tls('right'), DOCKER_CERT_PATH: '/nowhere' } })
      expect(none.stderr).toMatch(/open \/nowhere\/ca\.pem: no such file or directory\n$/)
    })
  },
  ['tls'],
)

onEngines('the library', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-library-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const root = join(import.meta.dirname, '../..')
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/docket'))
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'use.ts'), CONSUMER)

  test('has types for whoever imports it', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const options = '--ignoreConfig --module nodenext --target es2023 --strict --types node --outDir .'.split(' ')
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, 'use.ts'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })

  test('creates, attaches, starts, executes and removes', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['use.js'], {
      cwd: folder,
      encoding: 'utf8',
      env: engine.env,
      timeout: 30_000,
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ attached: 'HELLO', executed: 'in here\n', missing: true })
  })
})

const CONSUMER = `
import { isEngineError, openEngine, type HijackedStream } from 'docket/engine'

const engine = await openEngine({ env: process.env })
const { containers, exec } = engine

async function frames({ socket }: HijackedStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  let text = ''
  for (let at = 0; at < bytes.length; at += 8 + bytes.readUInt32BE(at + 4)) {
    text += bytes.toString('utf8', at + 8, at + 8 + bytes.readUInt32BE(at + 4))
  }
  return text
}

const body = { Image: 'busybox', Cmd: ['tr', 'a-z', 'A-Z'], OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true }
const { Id } = await containers.create(body)
const stream = await containers.attach(Id, { stream: true, stdin: true, stdout: true, stderr: true })
await containers.start(Id)
const execution = await exec.create(Id, { Cmd: ['echo', 'in here'], AttachStdout: true, AttachStderr: true })
const executed = await frames(await exec.attach(execution.Id, {}))
stream.socket.end('hello')
const attached = await frames(stream)
await containers.remove(Id, { force: true })
const missing = await containers.inspect(Id).then(
  () => false,
  (error: unknown) => isEngineError(error, 404),
)
console.log(JSON.stringify({ attached, executed, missing }))
engine.close()
`
