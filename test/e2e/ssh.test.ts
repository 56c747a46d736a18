import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { startSshd, type Sshd } from '../engines/sshd.ts'
import { programArgv } from '../program.ts'

const program = programArgv().join(' ')

onEngines('ssh://', (engine) => {
  let sshd: Sshd
  let env: Record<string, string> = {}
  const docket = (args: string[], options: { env?: Record<string, string>; input?: Buffer; limit?: number } = {}) =>
    engine.docket(args, { ...options, env: { ...env, ...options.env } })
  const farDocket = (): string => `DOCKER_HOST=${engine.host} exec ${program} "$@"`

  beforeAll(async () => {
    sshd = await startSshd(readFileSync(join(engine.testbed.folder, 'tools'), 'utf8').trim())
    env = { ...sshd.env, DOCKER_HOST: `ssh://root@127.0.0.1:${sshd.port}` }
  })
  afterAll(() => sshd?.stop())
  beforeEach(() => sshd.install('docker', farDocket()))

  /** Waits until no ssh of ours runs. */
  async function noClients(seconds: number): Promise<string[]> {
    for (const end = Date.now() + seconds * 1000; sshd.clients().length > 0 && Date.now() < end;) await sleep(100)
    return sshd.clients()
  }

  test('ps opens one connection, which ends soon after', async () => {
    await noClients(10)
    const before = sshd.connections()
    expect(await docket(['ps'])).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^CONTAINER ID/) })
    expect(sshd.connections() - before).toBe(1)
    expect(await noClients(10)).toEqual([])
  })

  test('run gives output, input and exit codes through one connection', async () => {
    await noClients(10)
    const before = sshd.connections()
    const said = await docket(['run', '-i', 'busybox', 'sh', '-c', 'cat; echo err >&2; exit 7'], {
      input: Buffer.from('in\n'),
    })
    expect(said).toMatchObject({ code: 7, stdout: 'in\n', stderr: 'err\n' })
    expect(sshd.connections() - before).toBe(1)
  })

  test('with DOCKET_SSH_MULTIPLEX=0 every connection is its own, and all end with docket', async () => {
    await noClients(10)
    const before = sshd.connections()
    const said = await docket(['run', 'busybox', 'echo', 'hi'], { env: { DOCKET_SSH_MULTIPLEX: '0' } })
    expect(said).toMatchObject({ code: 0, stdout: 'hi\n' })
    expect(sshd.connections() - before).toBeGreaterThan(1)
    expect(await noClients(1)).toEqual([])
  })

  test('a ControlPath of the user is left alone', async () => {
    await noClients(10)
    onTestFinished(sshd.configure(`Host *\n  ControlPath ${sshd.folder}/own-%C`))
    expect((await docket(['ps'])).code).toBe(0)
    expect(await noClients(1)).toEqual([])
  })

  test('carries 32 MiB in and out whole', async () => {
    const input = randomBytes(32 << 20)
    const { bytes, code } = await docket(['run', '-i', 'busybox', 'cat'], { input, limit: 60_000 })
    expect(code).toBe(0)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(input).digest('hex'))
  })

  test('exec -it echoes, follows the size, and hands Ctrl-C to the container', async () => {
    const id = (await docket(['run', '-d', 'busybox', 'sleep', '100'])).stdout.trim()
    const terminal = engine.terminal(['exec', '-it', id, 'sh'], { columns: 91, rows: 33, env })
    await terminal.waitFor('# ')
    terminal.write('echo a"b"c; stty size\n')
    await terminal.waitFor(/abc\r\n33 91\r\n/)
    terminal.write('sleep 100\n')
    await sleep(300)
    terminal.write('\u0003')
    await terminal.waitFor('# ')
    terminal.write('exit 42\n')
    expect((await terminal.ended()).code).toBe(42)
  })

  test('cp goes in and out', async () => {
    const id = (await docket(['create', 'busybox', 'true'])).stdout.trim()
    const archive = await docket(['cp', `${id}:/etc/passwd`, '-'])
    expect(archive.code).toBe(0)
    expect((await docket(['cp', '-', `${id}:/tmp`], { input: archive.bytes })).code).toBe(0)
    const back = await docket(['cp', `${id}:/tmp/passwd`, '-'])
    expect(back.stdout).toContain('root:x:0:0:root')
  })

  test('logs -f follows, Ctrl-C on the terminal ends docket by its own signal, and no ssh stays', async () => {
    const id = (
      await docket(['run', '-d', 'busybox', 'sh', '-c', 'for i in 1 2 3; do echo $i; sleep 1; done; sleep 100'])
    ).stdout
    const terminal = engine.terminal(['logs', '-f', id.trim()], { env })
    await terminal.waitFor(/1\r\n2\r\n3\r\n/)
    terminal.write('\u0003')
    expect((await terminal.ended()).code).toBe(130)
    expect(await noClients(10)).toEqual([])
  })

  test.each(['0', '1'])(
    'Ctrl-C while run is attached is for the container (DOCKET_SSH_MULTIPLEX=%s)',
    async (multiplex) => {
      const script = 'trap "echo caught; exit 3" INT; echo ready; while :; do sleep 0.1; done'
      const more = { env: { ...env, DOCKET_SSH_MULTIPLEX: multiplex } }
      const terminal = engine.terminal(['run', 'busybox', 'sh', '-c', script], more)
      await terminal.waitFor('ready')
      terminal.write('\u0003')
      expect((await terminal.ended()).code).toBe(3)
      expect(terminal.shown()).toContain('caught')
    },
  )

  test.each(['0', '1'])('docket killed outright leaves no ssh (DOCKET_SSH_MULTIPLEX=%s)', async (multiplex) => {
    const id = (await docket(['run', '-d', 'busybox', 'sleep', '100'])).stdout.trim()
    await noClients(10)
    const commands = [['attach', '--no-stdin', id], ['logs', '-f', id], ['events']]
    const started = commands.map((args) => engine.start(args, { ...env, DOCKET_SSH_MULTIPLEX: multiplex }))
    await expect.poll(() => sshd.clients().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(commands.length)
    await sleep(1000)
    for (const child of started) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    expect(await noClients(12)).toEqual([])
  })

  test('commands that start at once share one connection', async () => {
    await noClients(10)
    const before = sshd.connections()
    const all = await Promise.all(Array.from({ length: 5 }, () => docket(['ps', '-q'])))
    expect(all.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(5).fill({ code: 0, stderr: '' }))
    expect(sshd.connections() - before).toBe(1)
    expect(await noClients(10)).toEqual([])
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s leaves no ssh', async (signal) => {
    const child = engine.start(['events'], env)
    for (let tries = 100; sshd.clients().length < 2 && tries > 0; tries--) await sleep(50)
    await sleep(500)
    child.kill(signal)
    await once(child, 'exit')
    expect(await noClients(12)).toEqual([])
  })

  test('where there is no docker, podman is asked, and then the socket itself', async () => {
    const socket = engine.host.replace('unix://', '')
    sshd.uninstall('docker')
    sshd.install('podman', `url=\${1#--url=}; shift; DOCKER_HOST=$url exec ${program} "$@"`)
    const host = { env: { DOCKER_HOST: `${env['DOCKER_HOST']}${socket}` } }
    expect(await docket(['run', 'busybox', 'echo', 'hi'], host)).toMatchObject({ code: 0, stdout: 'hi\n', stderr: '' })
    sshd.uninstall('podman')
    const input = Buffer.from('in\n')
    expect(await docket(['run', '-i', 'busybox', 'cat'], { ...host, input })).toMatchObject({
      code: 0,
      stdout: 'in\n',
      stderr: '',
    })
    expect(await noClients(10)).toEqual([])
  })

  test('without any of the three, the shell and ssh say why', async () => {
    sshd.uninstall('docker')
    const { code, stderr } = await docket(['ps'], { env: { DOCKER_HOST: `${env['DOCKER_HOST']}/nowhere.sock` } })
    expect(code).toBe(1)
    expect(stderr).toContain(
      "docker '--host=unix:///nowhere.sock' system dial-stdio] has exited with exit status 127, ",
    )
    expect(stderr).toMatch(/docker.*not found/)
    expect(stderr).toMatch(/podman.*not found/)
    expect(stderr).toMatch(/open failed: connect failed/)
  })

  test("a path's shell characters stay in the path", async () => {
    const host = { env: { DOCKER_HOST: `${env['DOCKER_HOST']}/no ';$(echo x >${sshd.folder}/injected)` } }
    const { code, stderr } = await docket(['ps'], host)
    expect(code).toBe(1)
    expect(stderr).toContain('failed to open the raw stream connection')
    expect(() => readFileSync(join(sshd.folder, 'injected'))).toThrow('ENOENT')
  })

  test('an option for a host or a user is refused', async () => {
    for (const host of ['ssh://-oProxyCommand=x', 'ssh://-oProxyCommand=x@h']) {
      const { code, stderr } = await docket(['ps'], { env: { DOCKER_HOST: host } })
      expect(code).toBe(1)
      expect(stderr).toMatch(
        /^Failed to initialize: ssh host connection is not valid: invalid SSH URL: \w+ begins with "-"/,
      )
    }
  })

  test('says what ssh says: wrong port, unknown host, refused key, foreign host key', async () => {
    const said = async (host: string, lines = ''): Promise<string> => {
      const undo = sshd.configure(lines)
      try {
        const { code, stderr } = await docket(['ps'], { env: { DOCKER_HOST: host, DOCKET_SSH_MULTIPLEX: '0' } })
        expect(code).toBe(1)
        expect(stderr).toMatch(
          /^error during connect: Get "http:\/\/docker.example.com\/v1.\d+\/containers\/json": command \[ssh /,
        )
        expect(stderr).toContain(
          'has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later',
        )
        return stderr
      } finally {
        undo()
      }
    }
    const host = env['DOCKER_HOST'] ?? ''
    expect(await said('ssh://127.0.0.1:1')).toContain(
      'stderr=ssh: connect to host 127.0.0.1 port 1: Connection refused',
    )
    expect(await said('ssh://nowhere.invalid')).toContain('Could not resolve hostname nowhere.invalid')
    const foreign = `Host *\n  IdentityFile ${sshd.folder}/foreign-key\n  IdentitiesOnly yes\n  IdentityAgent none`
    const undo = sshd.configure(`Match all\n  UserKnownHostsFile /dev/null`)
    expect(await said(host)).toContain('Host key verification failed')
    undo()
    expect(await said(`ssh://nobody@127.0.0.1:${sshd.port}`, foreign)).toContain('Permission denied (publickey)')
  })
})
