import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type FakeEngine, type Stub } from '../../fake-engine.ts'
import { run, temporaryFolder, type World } from '../../harness.ts'
import { programArgv, programEnv } from '../../program.ts'
import { readTar } from '../../read-tar.ts'

const built = {
  lines: [
    { stream: 'Step 1/1 : FROM busybox' },
    { stream: '\n' },
    { aux: { ID: 'sha256:abc' } },
    { stream: 'Successfully built abc\n' },
  ],
}
const noBuildkit = { status: 404, error: 'page not found' }
const classic = { DOCKER_BUILDKIT: '0' }
const disabled =
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n' +
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n' +
  '            environment-variable.\n\n'

/** Makes a context of files by name. */
function contextOf(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  return folder
}

async function build(argv: string[], world: World & { reply?: Stub } = {}) {
  const engine = await fakeEngine({ 'POST /build': world.reply ?? built })
  const outcome = await run(['build', ...argv], { ...world, engine, env: { ...classic, ...world.env } })
  return { ...outcome, engine, request: engine.requests[0]! }
}

async function namesIn({ requests }: FakeEngine): Promise<string[]> {
  return (await readTar(requests[0]!.body)).map(({ name }) => name)
}

describe('docker build', () => {
  it('sends the folder and shows what the builder says', async () => {
    const cwd = contextOf({ Dockerfile: 'FROM busybox', 'a/b.txt': 'b' })
    const { stdout, stderr, exitCode, engine, request } = await build(['.'], { cwd })
    expect(exitCode).toBe(0)
    expect(stdout).toBe(
      'Sending build context to Docker daemon  3.584kB\r\r\nStep 1/1 : FROM busybox\nSuccessfully built abc\n',
    )
    expect(stderr).toBe(disabled)
    expect(await namesIn(engine)).toEqual(['Dockerfile', 'a/', 'a/b.txt'])
    expect(request.query).toEqual({ dockerfile: 'Dockerfile', version: '1' })
    expect(request.headers).toMatchObject({ 'content-type': 'application/x-tar', 'x-registry-config': 'e30=' })
  })

  it('puts the flags into the query, and only those', async () => {
    const cwd = contextOf({ Dockerfile: '' })
    const given =
      '-t a -t b:1 --build-arg B --build-arg A=<1> --build-arg C --label x=y --cache-from a,b --add-host h=1.2.3.4 ' +
      '--ulimit nproc=1:2 --ulimit core=0 --rm=false --force-rm --no-cache --pull --network host --isolation default ' +
      '-m 1g --memory-swap=-1 --shm-size 64m --cpu-shares 2 --cpu-period 3 --cpu-quota 4 --cpuset-cpus 0 ' +
      '--cpuset-mems 1 --cgroup-parent p --target s --security-opt a,b --platform linux/aarch64 .'
    const { request } = await build(given.split(' '), { cwd, env: { B: 'from here' } })
    expect(request.query).toEqual({
      t: ['a', 'b:1'],
      buildargs: '{"A":"\\u003c1\\u003e","B":"from here","C":null}',
      labels: '{"x":"y"}',
      cachefrom: '["a","b"]',
      extrahosts: 'h:1.2.3.4',
      ulimits: '[{"Name":"core","Hard":0,"Soft":0},{"Name":"nproc","Hard":2,"Soft":1}]',
      rm: '0',
      forcerm: '1',
      nocache: '1',
      pull: '1',
      networkmode: 'host',
      memory: '1073741824',
      memswap: '-1',
      shmsize: '67108864',
      cpushares: '2',
      cpuperiod: '3',
      cpuquota: '4',
      cpusetcpus: '0',
      cpusetmems: '1',
      cgroupparent: 'p',
      target: 's',
      securityopt: ['a', 'b'],
      platform: 'linux/arm64',
      dockerfile: 'Dockerfile',
      version: '1',
    })
  })

  it('adds proxies and credentials of config.json', async () => {
    const config = {
      proxies: { default: { httpProxy: 'http://p:1' } },
      auths: { 'r.io': { username: 'u', password: 'p', serveraddress: 'r.io' } },
    }
    const { request } = await build(['--build-arg', 'http_proxy=own', '.'], {
      cwd: contextOf({ Dockerfile: '' }),
      config,
    })
    expect(request.query['buildargs']).toBe('{"HTTP_PROXY":"http://p:1","http_proxy":"own"}')
    const sent = Buffer.from(request.headers['x-registry-config']!, 'base64url').toString()
    expect(sent).toBe('{"r.io":{"username":"u","password":"p","serveraddress":"r.io"}}')
  })

  it('takes the Dockerfile from standard input, or from outside of the context', async () => {
    const cwd = contextOf({ 'c/.dockerignore': '*.log', 'c/a.log': '', 'c/foo': 'x', Dockerfile: 'FROM outside' })
    for (const [file, world] of [
      ['-', { stdin: 'FROM outside' }],
      ['Dockerfile', {}],
    ] as const) {
      const { request } = await build(['--compress', '-f', file, 'c'], { cwd, ...world })
      const name = String(request.query['dockerfile'])
      expect(name).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/)
      const entries = await readTar(gunzipSync(request.body))
      expect(entries.map((entry) => [entry.name, entry.content])).toEqual([
        ['.dockerignore', `*.log\n${name}\n`],
        ['foo', 'x'],
        [name, 'FROM outside'],
      ])
    }
  })

  it('takes a context from standard input', async () => {
    const { engine, request } = await build(['-'], { stdin: 'FROM busybox\n' })
    expect(await namesIn(engine)).toEqual(['Dockerfile'])
    expect(request.query['dockerfile']).toBe('Dockerfile')
  })

  it('follows a link to the context and one to the Dockerfile', async () => {
    const cwd = contextOf({ 'real/sub/File': 'FROM busybox' })
    fs.symlinkSync('real', path.join(cwd, 'link'))
    fs.symlinkSync('sub/File', path.join(cwd, 'real/Dockerfile'))
    const { engine, request } = await build(['link'], { cwd })
    expect(await namesIn(engine)).toEqual(['Dockerfile', 'sub/', 'sub/File'])
    expect(request.query['dockerfile']).toBe('sub/File')
  })

  it('prints the ID alone with -q, and what was kept back where it fails', async () => {
    const cwd = contextOf({ Dockerfile: 'FROM busybox' })
    const good = await build(['-q', '--iidfile', 'id', '.'], { cwd, reply: { lines: [{ stream: 'sha256:abc\n' }] } })
    expect([good.stdout, good.request.query['q']]).toEqual(['sha256:abc\n', '1'])
    expect(fs.readFileSync(path.join(cwd, 'id'), 'utf8')).toBe('sha256:abc\n')
    const lines = [{ stream: 'Step 1\n' }, { errorDetail: { code: 7, message: 'step failed' } }]
    const bad = await build(['-q', '.'], { cwd, reply: { lines } })
    expect([bad.stdout, bad.exitCode]).toEqual(['', 7])
    expect(bad.stderr).toBe(`${disabled}Sending build context to Docker daemon  3.072kB\r\r\nStep 1\nstep failed\n`)
  })

  it('writes the ID into --iidfile, and leaves none of a build before', async () => {
    const cwd = contextOf({ Dockerfile: 'FROM busybox', '../id': '' })
    const file = path.join(temporaryFolder(), 'id')
    await build(['--iidfile', file, '.'], { cwd })
    expect(fs.readFileSync(file, 'utf8')).toBe('sha256:abc')
    const { stderr, exitCode } = await build(['--iidfile', file, '.'], { cwd, reply: { lines: [{ stream: 'x\n' }] } })
    expect([exitCode, stderr]).toEqual([1, `${disabled}server did not provide an image ID. Cannot write ${file}\n`])
    expect(fs.existsSync(file)).toBe(false)
  })

  it('gives the status of a step that fails, 1 where the builder gives none', async () => {
    const cwd = contextOf({ Dockerfile: 'FROM busybox' })
    for (const [detail, status] of [
      [{ code: 42, message: 'no' }, 42],
      [{ message: 'no' }, 1],
    ] as const) {
      const { stderr, exitCode } = await build(['.'], { cwd, reply: { lines: [{ errorDetail: detail }] } })
      expect([exitCode, stderr]).toEqual([status, `${disabled}no\n`])
    }
  })

  it.each<[string, string[], Record<string, string>, string]>([
    [
      'no Dockerfile',
      ['.'],
      { x: '' },
      'unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat DIR/Dockerfile: no such file or directory',
    ],
    ['no such path', ['nowhere'], {}, 'unable to prepare context: path "nowhere" not found'],
    ['a file', ['x'], { x: '' }, 'unable to prepare context: context must be a directory: DIR/x'],
    ['stdin twice', ['-f', '-', '-'], {}, "invalid argument: can't use stdin for both build context and dockerfile"],
    ['a bad pattern', ['.'], { Dockerfile: '', '.dockerignore': '[' }, 'checking context: syntax error in pattern'],
    ['a bad platform', ['--platform', 'x', '.'], {}, '"x": unknown operating system or architecture: invalid argument'],
  ])('refuses %s before anything is sent', async (_, argv, files, message) => {
    const cwd = contextOf(files)
    const engine = await fakeEngine()
    const { stderr, exitCode } = await run(['build', ...argv], { engine, cwd, env: classic })
    expect([exitCode, stderr.replace(disabled, '').replaceAll(cwd, 'DIR')]).toEqual([1, `${message}\n`])
  })

  it('says what is there where no Dockerfile is', async () => {
    const { findDockerfile } = await import('../../../src/build/classic/dockerfile.ts')
    const hint = (files: Record<string, string>): unknown => {
      const folder = contextOf(files)
      try {
        return findDockerfile(folder, '')
      } catch (error) {
        return (error as { hint: string }).hint.replace(folder, 'DIR')
      }
    }
    expect(hint({ Containerfile: '', 'app.Dockerfile': '', z: '' })).toBe(
      'DIR has Containerfile, app.Dockerfile: name it with -f',
    )
    expect(hint({ a: '', b: '', c: '', d: '', e: '', f: '', g: '' })).toBe(
      'DIR has no Dockerfile, but a, b, c, d, e and 2 more',
    )
    expect(hint({})).toBe('DIR is empty')
    expect(hint({ dockerfile: '' })).toBe('dockerfile')
  })

  it.runIf(process.getuid?.() === 0)('names what another account may not read', () => {
    const cwd = contextOf({ Dockerfile: '', 'ignored/x': '', 'open/secret': '', '.dockerignore': 'ignored' })
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--', ...programArgv(), 'build', '.']
    const refusal = (): string => {
      const env = programEnv('unix:///nowhere.sock', { ...classic, DOCKER_CONFIG: '/nowhere' })
      return spawnSync('setpriv', nobody, { cwd, env, encoding: 'utf8' }).stderr.replace(disabled, '')
    }
    for (const name of ['', 'open']) fs.chmodSync(path.join(cwd, name), 0o755)
    for (const name of ['open/secret', 'ignored']) fs.chmodSync(path.join(cwd, name), 0)
    expect(refusal()).toBe(`checking context: no permission to read from '${cwd}/open/secret'\n`)
    fs.chmodSync(path.join(cwd, 'open'), 0)
    expect(refusal()).toBe(`checking context: can't stat '${cwd}/open'\n`)
  })

  it('does without the warning where the daemon has no BuildKit, unless it is turned off', async () => {
    const cwd = contextOf({ Dockerfile: '' })
    const engine = await fakeEngine({ 'POST /build': built, 'POST /grpc': noBuildkit }, { builderVersion: '' })
    expect((await run(['build', '.'], { engine, cwd })).stderr).toBe('')
    expect((await run(['image', 'build', '.'], { engine, cwd, env: classic })).stderr).toBe(disabled)
    expect((await run(['builder', 'build', '.'], { engine, cwd, env: { DOCKER_BUILDKIT: 'maybe' } })).stderr).toMatch(
      /^DOCKER_BUILDKIT environment variable expects boolean value/,
    )
  })

  it('shows the progress of the upload on a terminal', async () => {
    const cwd = contextOf({ Dockerfile: '', big: 'x'.repeat(3 << 20) })
    const { stdout } = await build(['.'], { cwd, terminal: true })
    expect(stdout).toMatch(/^(Sending build context to Docker daemon {2}[\d.]+[kM]B\r)+\r\nStep 1\/1/)
    expect(stdout).toContain('3.148MB\r\r\n')
  })
})
