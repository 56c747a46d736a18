import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { onEngines } from '../engines.ts'

/** A folder with files by name, gone when the test has ended. */
function contextOf(files: Record<string, string | Buffer>): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'docket-build-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  return folder
}

async function tarOf(files: Record<string, string>): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content)
  archive.finalize()
  return buffer(archive)
}

async function namesIn(tar: Buffer): Promise<string[]> {
  const names: string[] = []
  const reader = extract()
  reader.on('entry', ({ name }, stream, next) => {
    names.push(name)
    stream.resume()
    next()
  })
  const done = new Promise<void>((resolve, reject) => reader.on('finish', () => resolve()).on('error', reject))
  reader.end(tar)
  await done
  return names
}

/** One key of a kind that every frontend's ssh knows. */
function privateKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey
}

const everything = `ARG BASE=nothing
FROM $BASE AS tools
RUN --mount=type=cache,target=/cache echo warm >/cache/state && cp /cache/state /state
FROM $BASE
ARG VALUE=default
ENV VALUE=$VALUE
COPY --from=tools /state /state
COPY app/ /app/
ADD bundle.tar.gz /bundle/
RUN --mount=type=secret,id=token test "$(wc -c </run/secrets/token)" = 11
RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK"
CMD ["cat", "/app/main"]
`

onEngines(
  'docket build by BuildKit',
  (engine) => {
    const { docket } = engine
    test('stages, caches, secrets, ssh, archives and arguments; a second time nothing is done again', async () => {
      const bundle = gzipSync(await tarOf({ 'inside/file': 'packed' }))
      const folder = contextOf({
        Dockerfile: everything,
        'app/main': 'it works\n',
        'bundle.tar.gz': bundle,
        token: 'very hidden',
        key: privateKey(),
        '.dockerignore': 'token\nkey\n',
      })
      const flags = [
        '--build-arg',
        'BASE=busybox',
        '--build-arg',
        'VALUE=given',
        '--secret',
        `id=token,src=${folder}/token`,
      ]
      const build = (...more: string[]) =>
        docket(['build', '-t', 'everything', ...flags, '--ssh', `default=${folder}/key`, ...more, folder], {
          limit: 60_000,
        })
      const first = await build('--no-cache')
      expect(first, first.stderr).toMatchObject({ code: 0, stdout: '' })
      expect(first.stderr).not.toContain('very hidden')
      expect((await docket(['run', '--rm', 'everything'])).stdout).toBe('it works\n')
      const facts = ['sh', '-c', 'cat /state /bundle/inside/file; echo; echo $VALUE; cat /run/secrets/token 2>&1']
      expect((await docket(['run', '--rm', 'everything', ...facts])).stdout).toMatch(/^warm\npacked\ngiven\ncat: /)
      const second = await build()
      expect(second.code).toBe(0)
      const steps = second.stderr.match(/^#\d+ \[.*\/\d+\] .*$/gm) ?? []
      expect(steps).toHaveLength(7)
      // Whether the base counts as cached is the engine's to say.
      expect(second.stderr.match(/^#\d+ CACHED$/gm)?.length).toBeGreaterThanOrEqual(steps.length - 1)
    }, 90_000)

    test('a step that fails: its lines, its last output, exit status 1', async () => {
      const folder = contextOf({ Dockerfile: 'FROM busybox\nRUN echo some words && exit 7\nRUN true\n' })
      const { code, stdout, stderr } = await docket(['build', folder])
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/------\n > \[2\/3\] RUN echo some words && exit 7:\n\d\.\d+ some words\n------\n/)
      if (engine.has('dockerfile-1.7')) {
        expect(stderr).toMatch(/Dockerfile:2\n-+\n.*\n {3}2 \| >>> RUN echo some words && exit 7\n/)
      }
      expect(stderr).toMatch(/ERROR: failed to build: failed to solve: .*exit code: 7\n$/)
    })

    test('is given up by Ctrl-C, with the status of an interrupt', async () => {
      const folder = contextOf({ Dockerfile: 'FROM busybox\nRUN echo begun && sleep 60\n' })
      const terminal = engine.terminal(['build', '--no-cache', folder])
      // The step runs once its output is there.
      await terminal.waitFor('# begun', 30_000)
      terminal.write('\x03')
      expect((await terminal.ended()).code).toBe(130)
      expect(terminal.shown()).toContain('CANCELED [2/2] RUN echo begun && sleep 60')
    })

    test('shows steps with their times on a terminal', async () => {
      const folder = contextOf({ Dockerfile: 'FROM busybox\nLABEL a=1\n' })
      const terminal = engine.terminal(['build', folder], { columns: 80, rows: 30 })
      expect((await terminal.ended()).code).toBe(0)
      expect(terminal.shown()).toMatch(/\[\+\] Building \d+\.\ds \(\d\/\d\) FINISHED +docker:default/)
      expect(terminal.shown()).toMatch(/ => exporting to image +\d\.\ds/)
    })

    test('to a folder, and to an archive on stdout', async () => {
      const folder = contextOf({ Dockerfile: 'FROM scratch\nCOPY a /sub/a\n', a: 'content' })
      const local = await docket(['build', '-o', path.join(folder, 'out'), folder])
      expect(local, local.stderr).toMatchObject({ code: 0 })
      expect(fs.readFileSync(path.join(folder, 'out/sub/a'), 'utf8')).toBe('content')
      // Without this, the folder would keep what it had; these engines' BuildKit cannot tell which parts are to go.
      const mirror = ['-o', `type=local,dest=${folder}/out,mode=delete`, '--allow', 'buildx.local.delete']
      const mirrored = await docket(['build', ...mirror, folder])
      expect([mirrored.code, mirrored.stderr]).toEqual([1, expect.stringContaining('mode=delete requires a BuildKit')])
      const tar = await docket(['build', '-q', '-o', '-', folder])
      expect(await namesIn(tar.bytes)).toContain('sub/a')
    })

    test('from stdin: a Dockerfile alone, a Dockerfile beside a context, a packed context', async () => {
      const dockerfile = 'FROM busybox\nLABEL from=stdin\n'
      expect(await docket(['build', '-q', '-'], { input: dockerfile })).toMatchObject({ code: 0 })
      const folder = contextOf({ a: 'x' })
      const beside = await docket(['build', '-q', '-f', '-', folder], { input: 'FROM scratch\nCOPY a /a\n' })
      expect(beside.stdout).toMatch(/^sha256:[\da-f]{64}\n$/)
      const packed = gzipSync(await tarOf({ 'sub/Dockerfile': 'FROM scratch\nCOPY b /b\n', b: 'y' }))
      expect(await docket(['build', '-q', '-f', 'sub/Dockerfile', '-'], { input: packed })).toMatchObject({ code: 0 })
    })

    test('tells the ID and what is known of the image', async () => {
      const folder = contextOf({ Dockerfile: 'FROM busybox\nLABEL a=b\n' })
      const [id, metadata] = [path.join(folder, 'id'), path.join(folder, 'metadata')]
      const { stdout } = await docket([
        'build',
        '-q',
        '--iidfile',
        id,
        '--metadata-file',
        metadata,
        '-t',
        'told',
        folder,
      ])
      expect(fs.readFileSync(id, 'utf8')).toBe(stdout.trim())
      const inspected = await docket(['image', 'inspect', '--format', '{{.Id}}', 'told'])
      expect(inspected.stdout).toBe(stdout)
      const facts = JSON.parse(fs.readFileSync(metadata, 'utf8')) as Record<string, string>
      expect(facts['buildx.build.ref']).toMatch(/^default\/default\/[a-z\d]{25}$/)
      expect(facts['containerimage.config.digest'] ?? facts['containerimage.digest']).toBe(stdout.trim())
    })

    test('is pushed, with what the registry asks for', async () => {
      const { open } = engine.testbed.registries
      const folder = contextOf({ Dockerfile: 'FROM busybox\nLABEL pushed=1\n' })
      const { code, stderr } = await docket(['build', '--push', '-t', `${open}/pushed:1`, folder])
      expect(code, stderr).toBe(0)
      expect(stderr).toContain(`pushing ${open}/pushed:1 with docker`)
      await docket(['rmi', '-f', `${open}/pushed:1`])
      expect(await docket(['pull', '-q', `${open}/pushed:1`])).toMatchObject({ code: 0 })
    })

    test('says what is there in place of a Dockerfile', async () => {
      const folder = contextOf({ 'Dockerfile.prod': '' })
      const { code, stderr } = await docket(['build', folder])
      expect(code).toBe(1)
      expect(stderr).toContain(`There is no Dockerfile in ${folder}, but Dockerfile.prod: name it with -f.\n`)
    })

    describe.runIf(engine.has('dockerfile-1.7'))('with a frontend of these days', () => {
      test('here-documents, links, named contexts', async () => {
        const folder = contextOf({
          Dockerfile: 'FROM base\nCOPY --link a /linked\nCOPY --from=lib b /b\nRUN <<END\necho one >/one\nEND\n',
          a: '1',
          'lib/b': '2',
        })
        const contexts = ['--build-context', `lib=${folder}/lib`, '--build-context', 'base=docker-image://busybox']
        const { code, stderr } = await docket(['build', '-t', 'modern', ...contexts, folder])
        expect(code, stderr).toBe(0)
        expect((await docket(['run', '--rm', 'modern', 'cat', '/linked', '/b', '/one'])).stdout).toBe('12one\n')
      })

      test('checks a Dockerfile, and says how it is made up', async () => {
        const folder = contextOf({ Dockerfile: 'FROM busybox as base\nFROM base AS last\nARG X=1\n' })
        const check = await docket(['build', '--check', folder])
        expect(check.code).toBe(1)
        expect(check.stdout).toMatch(/^Check complete, 1 warning has been found!\n\nWARNING: FromAsCasing - https/)
        expect((await docket(['build', '--call', 'targets', folder])).stdout).toMatch(/^TARGET +DESCRIPTION\n/)
        const warned = await docket(['build', folder])
        expect(warned.stderr).toContain('1 warning found (use docker --debug to expand):\n - FromAsCasing: ')
      })
    })

    test.skipIf(engine.has('dockerfile-1.7'))('says that the frontend is too old for a named context', async () => {
      const folder = contextOf({ Dockerfile: 'FROM busybox\n' })
      const { code, stderr } = await docket(['build', '--build-context', `a=${folder}`, folder])
      expect(code).toBe(1)
      expect(stderr).toContain('current frontend does not support --build-context.')
    })
  },
  ['buildkit'],
)
