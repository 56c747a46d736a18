import { describe, expect, it } from 'vitest'
import type { PluginHost } from '../../src/cli/plugin-host.ts'
import { fakeEngine } from '../fake-engine.ts'
import { run } from '../harness.ts'

const rootUsage = "Usage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n"

describe('what a command line leads to', () => {
  it.each([
    [['rn'], "docker: unknown command: docker rn\n\nRun 'docker --help' for more information\n", 1],
    [
      ['image', 'bogus'],
      "docker: unknown command: docker image bogus\n\nUsage:  docker image\n\nRun 'docker image --help' for more information\n",
      1,
    ],
    [
      ['--bogus', 'ps'],
      "unknown flag: --bogus\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
      125,
    ],
    [
      ['rn', '-p', '1'],
      "unknown shorthand flag: 'p' in -p\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
      125,
    ],
    [['container', '--context', 'x', 'ls'], 'unknown flag: --context\n', 1],
    [['-l', 'bogus', 'ps'], 'Unable to parse logging level: bogus\n', 1],
    [['-c', 'a', '-H', 'unix:///x', 'ps'], 'conflicting options: cannot specify both --host and --context\n', 1],
    [['help', 'bogus'], 'unknown help topic: bogus\n', 1],
    [
      ['tag', 'a'],
      "docker: 'docker tag' requires 2 arguments\n\nUsage:  docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]\n\nRun 'docker tag --help' for more information\n",
      1,
    ],
  ])('%j', async (argv, stderr, exitCode) => {
    expect(await run(argv)).toEqual({ stdout: '', stderr, exitCode })
  })

  it('prints help where it is asked for, on stdout, and on stderr for a noun without a verb', async () => {
    expect(await run(['network', 'create', 'x', '--help'])).toMatchObject({ stderr: '', exitCode: 0 })
    expect((await run(['network', '--help', 'create'])).stdout).toMatch(
      /^Usage: {2}docker network create \[OPTIONS\] NETWORK\n/,
    )
    expect((await run(['help', 'network', 'create'])).stdout).toMatch(/^Usage: {2}docker network create/)
    const bare = await run(['volume'], { engine: await fakeEngine() })
    expect(bare).toMatchObject({ stdout: '', exitCode: 0 })
    expect(bare.stderr).toMatch(/^Usage: {2}docker volume COMMAND\n/)
  })

  it('knows every command by its other names', async () => {
    const engine = await fakeEngine({ 'GET /networks': { json: [] } })
    expect((await run(['network', 'list', '-q'], { engine })).exitCode).toBe(0)
  })

  it('refuses what the daemon is too old for', async () => {
    const engine = await fakeEngine({}, { apiVersion: '1.41' })
    expect((await run(['volume', 'prune', '--all', '-f'], { engine })).stderr).toBe(
      '"--all" requires API version 1.42, but the Docker daemon API version is 1.41\n',
    )
    expect((await run(['volume', 'update', 'v', 'x'], { engine })).stderr).toBe(
      'docker volume update requires API version 1.42, but the Docker daemon API version is 1.41\n',
    )
  })

  it.each([[['ps']], [['--help']], [['--version']], [[]]])(
    'refuses a second -H, whatever follows: %j',
    async (rest) => {
      const stderr = `invalid argument "b" for "-H, --host" flag: specify only one -H\n\n${rootUsage}`
      expect(await run(['-H', 'a', '-H', 'b', ...rest])).toEqual({ stdout: '', stderr, exitCode: 125 })
    },
  )

  it.each([
    [['-l', 'bogus', '--nope'], 'Unable to parse logging level: bogus\n', 1],
    [['-c', 'a', '-H', 'b', '--nope'], 'conflicting options: cannot specify both --host and --context\n', 1],
    [['--nope', '-l', 'bogus'], `unknown flag: --nope\n\n${rootUsage}`, 125],
  ])('checks what global flags say before it tells what is wrong after them: %j', async (argv, stderr, exitCode) => {
    expect(await run(argv)).toEqual({ stdout: '', stderr, exitCode })
  })

  it.each([[['--version', 'nosuch']], [['-v', 'nosuch']], [['nosuch', '--version']], [['--version']]])(
    '%j prints the version',
    async (argv) => {
      expect(await run(argv)).toEqual({ stdout: 'Docker version 29.8.0, build 28f7560\n', stderr: '', exitCode: 0 })
    },
  )

  it('runs a plugin or a command that follows --version', async () => {
    const plugins: PluginHost = {
      alias: (_context, _catalog, line) => Promise.resolve(line),
      run: (_context, _catalog, { words }) => Promise.resolve(words[0] === 'hello' ? 3 : undefined),
      list: () => Promise.resolve([]),
      afterCommand: () => Promise.resolve(),
    }
    expect(await run(['--version', 'hello'], { plugins })).toEqual({ stdout: '', stderr: '', exitCode: 3 })
    const engine = await fakeEngine({ 'GET /volumes': { json: { Volumes: [] } } })
    expect((await run(['--version', 'volume', 'ls', '-q'], { engine, plugins })).exitCode).toBe(0)
  })

  it.each([
    [['nosuch', '-h'], /^Usage: {2}docker \[OPTIONS\] COMMAND\n/],
    [['image', '-h', 'ls'], /^Usage: {2}docker image ls \[OPTIONS\]/],
    [['image', '-h'], /^Usage: {2}docker image COMMAND\n/],
    [['help', '-h'], /^Usage: {2}docker help \[command\]\n/],
  ])('%j says on stdout that -h has had its day, then helps', async (argv, help) => {
    const { stdout, stderr, exitCode } = await run(argv)
    const warning = 'Flag shorthand -h has been deprecated, use --help\n'
    expect([stdout.slice(0, warning.length), stderr, exitCode]).toEqual([warning, '', 0])
    expect(stdout.slice(warning.length)).toMatch(help)
  })

  it('takes no flags for help but its own', async () => {
    const stderr =
      "unknown flag: --all\n\nUsage:  docker help [command]\n\nRun 'docker help --help' for more information\n"
    expect(await run(['help', 'ps', '--all'])).toEqual({ stdout: '', stderr, exitCode: 125 })
  })

  it.each([[['volume', 'ls']], [['--version']], [['--help']], [[]], [['nosuch']]])(
    'stops at a DOCKER_BUILDKIT that is no boolean: %j',
    async (argv) => {
      const stderr =
        'DOCKER_BUILDKIT environment variable expects boolean value: strconv.ParseBool: parsing "maybe": invalid syntax\n'
      expect(await run(argv, { env: { DOCKER_BUILDKIT: 'maybe' } })).toEqual({ stdout: '', stderr, exitCode: 1 })
    },
  )
})

describe('what a command needs of the daemon', () => {
  const experimental = 'is only supported on a Docker daemon with experimental features enabled\n'

  it('is told before what is wrong with its flags and arguments', async () => {
    const engine = await fakeEngine()
    expect((await run(['create', '--cpu-percent=0', '--network=appnet,alias=x', 'img'], { engine })).stderr).toBe(
      '"--cpu-percent" is only supported on a Docker daemon running on windows, but the Docker daemon is running on linux\n',
    )
    expect((await run(['checkpoint', 'create', '--nope'], { engine })).stderr).toBe(
      `docker checkpoint create ${experimental}`,
    )
    expect(engine.calls).toEqual([])
  })

  it('is nothing where no daemon can be named, but for experimental features', async () => {
    const usage =
      "\n\nUsage:  docker volume inspect [OPTIONS] VOLUME [VOLUME...]\n\nRun 'docker volume inspect --help' for more information\n"
    expect(await run(['volume', 'inspect', '---x'])).toEqual({
      stdout: '',
      stderr: `bad flag syntax: ---x${usage}`,
      exitCode: 125,
    })
    expect((await run(['checkpoint', 'ls', 'x'])).stderr).toBe(`docker checkpoint ls ${experimental}`)
    expect((await run(['start', '--checkpoint', 'c', 'x'])).stderr).toBe(`"--checkpoint" ${experimental}`)
  })

  it('is told on stdout where help was asked for, and is no failure then', async () => {
    const engine = await fakeEngine()
    for (const argv of [
      ['checkpoint', '--help'],
      ['help', 'checkpoint'],
    ]) {
      expect(await run(argv, { engine })).toEqual({
        stdout: `docker checkpoint ${experimental}`,
        stderr: '',
        exitCode: 0,
      })
    }
  })

  it('decides what help shows', async () => {
    const linux = await fakeEngine({}, { apiVersion: '1.43', swarm: 'inactive' })
    const help = (await run(['run', '--help'], { engine: linux })).stdout
    expect(help).toContain('--cgroupns')
    expect(help).not.toMatch(/--cpu-percent|--io-maxiops|--health-start-interval/)
    expect((await run(['volume', '--help'], { engine: linux })).stdout).not.toMatch(/^ {2}update/m)
    const windows = await fakeEngine({}, { osType: 'windows', swarm: 'active/manager' })
    expect((await run(['run', '--help'], { engine: windows })).stdout).toContain('--cpu-percent')
    expect((await run(['volume', '--help'], { engine: windows })).stdout).toMatch(/^ {2}update/m)
  })
})
