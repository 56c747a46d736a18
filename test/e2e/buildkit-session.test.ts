import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import type { Served } from '../../src/build/grpc/server.ts'
import { serveAuth } from '../../src/build/session/auth.ts'
import { receiveResults, type ResultFile } from '../../src/build/session/file-send.ts'
import { sendFolders } from '../../src/build/session/file-sync.ts'
import { serveSecrets } from '../../src/build/session/secrets.ts'
import { newId } from '../../src/build/session/session.ts'
import { serveSsh } from '../../src/build/session/ssh-agent.ts'
import { serveUploads } from '../../src/build/session/upload.ts'
import { HttpClient } from '../../src/registry/http.ts'
import {
  buildOn,
  type BuildOptions,
  type Built,
  copyProgram,
  counted,
  folderOf,
  folderText,
  socketOf,
} from '../buildkit-driver.ts'
import { onEngines } from '../engines.ts'
import { account } from '../engines/declared.ts'

onEngines(
  'a BuildKit session',
  (engine) => {
    const build = (services: readonly Served[], options: BuildOptions = {}): Promise<Built> =>
      buildOn(engine.host, services, options)

    const both = (root: string): Served => sendFolders({ context: root, dockerfile: root })

    test('sends a context, of which the image is made', async () => {
      const root = folderOf({
        Dockerfile: `FROM busybox\nCOPY . /ctx\nRUN cat /ctx/link /ctx/sub/ä && stat -c "%a %u %h" /ctx/run # ${newId()}\n`,
        'sub/ä': 'hello\n',
        run: '',
        '.dockerignore': 'left-out\n',
        'left-out': 'x',
      })
      fs.symlinkSync('sub/ä', path.join(root, 'link'))
      fs.chmodSync(path.join(root, 'run'), 0o4711)
      fs.linkSync(path.join(root, 'run'), path.join(root, 'same'))
      const { error, response, log } = await build([both(root)], { exporter: ['moby', { name: 'session:1' }] })
      expect(error).toBeUndefined()
      expect(log).toBe('hello\nhello\n4711 0 2\n')
      const digest = response['containerimage.config.digest'] ?? response['containerimage.digest']
      const { stdout } = await engine.docket(['image', 'inspect', '--format', '{{.Id}}', 'session:1'])
      expect(stdout.trim()).toBe(digest)
      const listed = await engine.docket(['run', '--rm', 'session:1', 'ls', '/ctx'])
      expect(listed.stdout).toBe('Dockerfile\nlink\nrun\nsame\nsub\n')
      await engine.docket(['rmi', '-f', 'session:1'])
    })

    test('gives secrets and no others', async () => {
      // Another step each time: what a secret is makes none.
      const step = (): string =>
        folderText(`RUN --mount=type=secret,id=one,required=true echo ${newId()} >/dev/null; md5sum < /run/secrets/one`)
      const env = { ONE: `secret ${newId()}` }
      const sum = execFileSync('md5sum', { input: env.ONE, encoding: 'utf8' })
      const secrets = serveSecrets(new Map([['one', { variable: 'ONE' }]]), env)
      expect(await build([both(step()), secrets])).toMatchObject({ log: sum })
      const without = await build([both(step()), serveSecrets(new Map(), env)])
      expect(without.error?.message).toMatch(/secret one/)
    })

    test('lets a step use an agent with the keys of a file', async () => {
      const folder = folderOf({})
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path.join(folder, 'key')])
      // The image has no program that speaks to agents: this machine's own, with its libraries.
      const steps = 'FROM scratch\nCOPY tools /\nRUN --mount=type=ssh ["/usr/bin/ssh-add", "-L"]\n'
      const root = folderOf({ Dockerfile: steps, 'tools/id': newId() })
      copyProgram('/usr/bin/ssh-add', path.join(root, 'tools'))
      const keys = await serveSsh([{ id: 'default', paths: [path.join(folder, 'key')] }], {})
      expect(await build([both(root), keys])).toMatchObject({
        log: fs.readFileSync(path.join(folder, 'key.pub'), 'utf8'),
      })
    })

    test('brings results as a folder and as an archive', async () => {
      const root = folderOf({
        Dockerfile: [
          'FROM busybox AS made',
          'RUN mkdir -p /out/deep && echo one >/out/one && ln /out/one /out/same && ln -s one /out/link',
          'RUN dd if=/dev/zero of=/out/deep/big bs=1M count=5 && chmod 4751 /out/one && chmod 700 /out/deep',
          'FROM scratch',
          'COPY --from=made /out /',
          '',
        ].join('\n'),
      })
      const out = path.join(folderOf({}), 'out')
      const asFolder = await build([both(root), receiveResults(new Map([[0, { folder: out }]]))], {
        exporter: ['local', {}],
      })
      expect(asFolder.error).toBeUndefined()
      expect(fs.readdirSync(out)).toEqual(['deep', 'link', 'one', 'same'])
      expect(fs.readFileSync(path.join(out, 'link'), 'utf8')).toBe('one\n')
      expect(fs.statSync(path.join(out, 'one')).mode & 0o7777).toBe(0o4751)
      expect(fs.statSync(path.join(out, 'deep')).mode & 0o777).toBe(0o700)
      expect(fs.statSync(path.join(out, 'deep/big')).size).toBe(5 << 20)

      const file = new MemoryFile()
      const asTar = await build([both(root), receiveResults(new Map([[0, { open: () => file }]]))], {
        exporter: ['tar', {}],
      })
      expect(asTar.error).toBeUndefined()
      const listed = execFileSync('tar', ['-tf', '-'], { input: Buffer.concat(file.chunks), encoding: 'utf8' })
      expect(listed.split('\n').map((name) => name.replace(/^\.?\/|\/$/g, ''))).toEqual(
        expect.arrayContaining(['deep/big', 'link', 'one', 'same']),
      )
      expect(file.isCommitted).toBe(true)
    })

    test('takes a context from a stream', async () => {
      const archive = pack()
      archive.entry({ name: 'Dockerfile' }, 'FROM busybox\nCOPY file /\nRUN cat /file\n')
      archive.entry({ name: 'file' }, `piped ${newId()}`)
      archive.finalize()
      const id = newId()
      const built = await build([serveUploads(new Map([[id, archive as AsyncIterable<Uint8Array>]]))], {
        context: { context: `http://buildkit-session/${id}` },
      })
      expect(built.error).toBeUndefined()
      expect(built.log).toMatch(/^piped /)
    })

    test('sends little more than the one file that changed of 20,000', { timeout: 240_000 }, async () => {
      const root = folderOf({ Dockerfile: 'FROM scratch\nCOPY . /\n' })
      for (let folder = 0; folder < 200; folder++) {
        fs.mkdirSync(path.join(root, `folder-${folder}`))
        for (let file = 0; file < 100; file++) {
          fs.writeFileSync(path.join(root, `folder-${folder}/file-${file}`), `${folder} ${file}\n`.repeat(100))
        }
      }
      const sharedKey = newId()
      const bytes = async (): Promise<number> => {
        const way = await counted(socketOf(engine.host))
        const { error } = await build([both(root)], { sharedKey, at: way.path })
        expect(error).toBeUndefined()
        return way.sent()
      }
      const first = await bytes()
      expect(first).toBeGreaterThan(13_000_000)
      fs.writeFileSync(path.join(root, 'folder-7/file-7'), 'x'.repeat(200_000))
      const second = await bytes()
      const unchanged = await bytes()
      // A description of each file, of some 50 bytes, goes there every time.
      expect(unchanged).toBeLessThan(20_000 * 75)
      expect(second - unchanged).toBeGreaterThan(195_000)
      expect(second - unchanged).toBeLessThan(205_000)
    })

    test('says so when its connection breaks', async () => {
      const root = folderOf({ Dockerfile: `FROM busybox\nRUN echo ${newId()} started; sleep 1000\n` })
      const way = await counted(socketOf(engine.host))
      const { error } = await build([both(root)], {
        at: way.path,
        onLog: (log) => log.includes('started') && way.cut(),
      })
      expect(error).toMatchObject({ code: 'Unavailable', message: /^the connection to the daemon's builder was lost/ })
    })

    test('gives the account of a registry that a build pulls from', async () => {
      const { tls } = engine.testbed.registries
      const image = `${tls}/session:${engine.name}`
      const config = path.join(folderOf({ 'config.json': '{"auths":{"nowhere.invalid":{"auth":"YTpi"}}}' }))
      const login = ['--config', config, 'login', '-u', account.username, '--password-stdin', tls]
      expect(await engine.docket(login, { input: account.password })).toMatchObject({ code: 0 })
      await engine.docket(['tag', 'busybox', image])
      expect(await engine.docket(['--config', config, 'push', '-q', image])).toMatchObject({ code: 0 })
      await engine.docket(['rmi', image])
      const root = folderOf({ Dockerfile: `FROM ${image}\nRUN echo ${newId()}\n` })
      const asked: string[] = []
      const auth = (credentials: Record<string, string>): Served =>
        serveAuth({
          credentials: async (domain) => {
            asked.push(domain)
            return credentials
          },
          http: async () => new HttpClient({ env: {}, now: () => new Date(), userAgent: 'test' }),
          configDir: config,
          env: {},
          now: () => new Date(),
          signal: new AbortController().signal,
        })
      const refused = await build([both(root), auth({})])
      expect(refused.error?.message).toMatch(/authorization|no basic auth|401/)
      const built = await build([both(root), auth({ ...account })])
      expect(built.error).toBeUndefined()
      expect(new Set(asked)).toEqual(new Set([tls]))
    })
  },
  ['buildkit'],
)

class MemoryFile implements ResultFile {
  readonly chunks: Uint8Array[] = []
  isCommitted = false

  write(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk))
  }

  commit(): void {
    this.isCommitted = true
  }

  discard(): void {
    this.chunks.length = 0
  }
}
