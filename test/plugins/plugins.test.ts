import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { pluginHost } from '../../src/plugins/host.ts'
import { listenForPlugin } from '../../src/plugins/socket.ts'
import { fakeEngine } from '../fake-engine.ts'
import { run, temporaryFolder, type World } from '../harness.ts'

/** A plugin that describes itself, and otherwise runs `body`. */
function script(
  body: string,
  metadata: object = { SchemaVersion: '0.1.0', Vendor: 'V', ShortDescription: 'Says hello' },
): string {
  return `#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then echo '${JSON.stringify(metadata)}'; exit; fi
${body}
`
}

/** A configuration folder with plugins in it. */
function configured(plugins: Record<string, string>, config: object = {}): World & { configDir: string } {
  const configDir = temporaryFolder()
  install(join(configDir, 'cli-plugins'), plugins)
  writeFileSync(join(configDir, 'config.json'), JSON.stringify(config))
  return { configDir, plugins: pluginHost('/usr/bin/docket'), cwd: configDir, env: { PATH: process.env.PATH ?? '' } }
}

function install(folder: string, plugins: Record<string, string>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(plugins)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
}

const noted = script('echo "$@" >noted; env >env; exit 7')

test('runs the plugin that an unknown word names, with all arguments and its exit status', async () => {
  const world = configured({ 'docker-hello': noted })
  const { exitCode, stderr } = await run(['-D', 'hello', 'world', '--flag=x', '--help'], world)
  expect({ exitCode, stderr }).toEqual({ exitCode: 7, stderr: '' })
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('-D hello world --flag=x --help\n')
})

test('tells a plugin how to run us again, and where to wait for its end', async () => {
  const world = configured({ 'docker-hello': noted })
  await run(['hello'], { ...world, env: { ...world.env, OTEL_RESOURCE_ATTRIBUTES: 'a=b' } })
  const env = readFileSync(join(world.configDir, 'env'), 'utf8')
  expect(env).toContain('\nDOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND=/usr/bin/docket\n')
  expect(env).toContain('\nOTEL_RESOURCE_ATTRIBUTES=a=b,docker.cli.cobra.command_path=docker%20hello\n')
  expect(env).toMatch(/\nDOCKER_CLI_PLUGIN_SOCKET=\/.*\/docker_cli_[0-9a-f]{32}\n/)
})

test('help NAME is the plugin’s', async () => {
  const world = configured({ 'docker-hello': noted })
  await run(['help', 'hello'], world)
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('help hello\n')
})

test.each([
  ['garbage', '#!/bin/sh\necho garbage\n'],
  ['no vendor', script('', { SchemaVersion: '0.1.0' })],
  ['a later schema', script('', { SchemaVersion: '2.0.0', Vendor: 'V' })],
  ['a failure', '#!/bin/sh\nexit 1\n'],
])('a plugin that answers %s is none', async (_, text) => {
  const { stderr, exitCode } = await run(['hello'], configured({ 'docker-hello': text }))
  expect(exitCode).toBe(1)
  expect(stderr).toBe("docker: unknown command: docker hello\n\nRun 'docker --help' for more information\n")
})

test('a builtin command is never a plugin’s', async () => {
  const world = configured({ 'docker-pause': noted })
  const { stderr } = await run(['pause'], world)
  expect(stderr).toContain("'docker pause' requires at least 1 argument")
})

test('the root’s help lists plugins, what is wrong with them, and not the hidden', async () => {
  const world = configured({
    'docker-hello': script(''),
    'docker-bad': '#!/bin/sh\necho "{"\n',
    'docker-ps': script(''),
    'docker-secretly': script('', { SchemaVersion: '0.1.0', Vendor: 'V', Hidden: true }),
    'docker-Big': script(''),
  })
  symlinkSync('/nowhere', join(world.configDir, 'cli-plugins/docker-gone'))
  const { stdout } = await run(['--help'], world)
  expect(stdout).toMatch(/Management Commands:\n[^]*\n {2}hello\* +Says hello\n/)
  expect(stdout).toMatch(/\nInvalid Plugins:\n[^]*\n {2}bad +invalid metadata: unexpected end of JSON input\n/)
  expect(stdout).toMatch(/\n {2}ps +plugin "ps" duplicates builtin command\n/)
  expect(stdout).toMatch(/\n {2}Big +plugin candidate "Big" did not match "\^\[a-z\]\[a-z0-9\]\*\$"\n/)
  expect(stdout).not.toContain('secretly')
  expect(stdout).not.toContain('gone')
})

test('folders of config.json come first', async () => {
  const extra = temporaryFolder()
  install(extra, { 'docker-hello': script('exit 3') })
  const world = configured({ 'docker-hello': script('exit 4') }, { cliPluginsExtraDirs: [extra] })
  expect((await run(['hello'], world)).exitCode).toBe(3)
})

test('the builder alias leads to its plugin', async () => {
  const world = configured({ 'docker-kaniko': noted }, { aliases: { builder: 'kaniko' } })
  await run(['-D', 'build', '-t', 'x', '.'], world)
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('-D kaniko build -t x .\n')
  await run(['builder', 'prune'], world)
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('kaniko prune\n')
  await run(['image', 'build', '.'], world)
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('kaniko build .\n')
})

test.each([
  ['1', /^DEPRECATED: The legacy builder is deprecated .*\n {12}Install the buildx component .*\n {12}https:.*\n\n$/],
  ['2', /^$/],
])('builder without buildx warns of a daemon whose own builder is version %s', async (builderVersion, warning) => {
  const pruned = { json: { CachesDeleted: null, SpaceReclaimed: 0 } }
  const engine = await fakeEngine({ 'POST /build/prune': pruned }, { builderVersion })
  const { stderr, exitCode } = await run(['builder', 'prune', '-f'], { ...configured({}), engine })
  expect(stderr).toMatch(warning)
  expect(exitCode).toBe(0)
})

test('buildx, where it is installed, builds with the current context', async () => {
  const world = configured({ 'docker-buildx': noted }, { currentContext: 'far' })
  await run(['bake', 'x'], world)
  expect(readFileSync(join(world.configDir, 'noted'), 'utf8')).toBe('buildx bake x\n')
  expect(readFileSync(join(world.configDir, 'env'), 'utf8')).toMatch(/^BUILDX_BUILDER=far$/m)
  await run(['bake', '--builder', 'mine'], world)
  expect(readFileSync(join(world.configDir, 'env'), 'utf8')).not.toContain('BUILDX_BUILDER=')
})

test('builds stay ours with buildx installed, unless they are to be its', async () => {
  const world = configured({ 'docker-buildx': noted })
  const build = ['build', '-f', 'x', 'nowhere']
  const plugin = async (env: Record<string, string>, argv: string[]): Promise<string> => {
    rmSync(join(world.configDir, 'noted'), { force: true })
    await run(argv, { ...world, env: { ...world.env, ...env } })
    return existsSync(join(world.configDir, 'noted')) ? readFileSync(join(world.configDir, 'noted'), 'utf8') : ''
  }
  expect(await plugin({}, build)).toBe('')
  expect(await plugin({}, ['builder', ...build])).toBe('')
  expect(await plugin({ DOCKET_BUILDER: 'plugin' }, build)).toBe('buildx build -f x nowhere\n')
  expect(await plugin({ DOCKET_BUILDER: 'plugin' }, ['image', ...build])).toBe('buildx build -f x nowhere\n')
  expect(await plugin({ BUILDX_BUILDER: 'mine' }, build)).toBe('buildx build -f x nowhere\n')
  expect(await plugin({}, [...build, '--builder', 'mine'])).toBe('buildx build -f x nowhere --builder mine\n')
  expect(await plugin({}, ['buildx', 'ls'])).toBe('buildx ls\n')
  expect(await plugin({}, ['buildx', ...build])).toBe('buildx build -f x nowhere\n')
})

test('without buildx its build is ours, and what else it has is said to be missing', async () => {
  const world = configured({})
  const wrong = await run(['buildx', 'build', '--nonsense', '.'], world)
  expect([wrong.stderr.split('\n')[0], wrong.exitCode]).toEqual(['unknown flag: --nonsense', 125])
  expect((await run(['buildx', 'b', '--nonsense', '.'], world)).exitCode).toBe(125)
  for (const argv of [['buildx', 'ls'], ['buildx', 'bake'], ['buildx']]) {
    const { stderr, exitCode } = await run(argv, world)
    expect(stderr).toBe(
      `docker ${argv.join(' ')} needs the buildx plugin, which is not installed; without it there is docker buildx build.\n` +
        'Install the buildx component to use its other commands and builders: https://docs.docker.com/go/buildx/\n',
    )
    expect(exitCode).toBe(1)
  }
})

test.each([
  [{ bld: 'x' }, ['ps'], 'not allowed to alias "bld" (allowed: map[string]struct {}{"builder":struct {}{}})'],
  [{ builder: 'image build' }, ['ps'], 'not allowed to alias with builtin "image build" as target'],
  [
    { builder: 'nosuch' },
    ['build', '.'],
    /^ERROR: BuildKit is enabled but the buildx component is missing or broken\./,
  ],
  [{}, ['bake'], /^ERROR: docker bake requires the buildx component but it is missing or broken\./],
])('aliases %j refuse %j', async (aliases, argv, message) => {
  const { stderr, exitCode } = await run(argv, configured({}, { aliases }))
  expect(stderr.trimEnd()).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message)
  expect(exitCode).toBe(1)
})

const hook = (answer: object) =>
  script(
    `if [ "$2" = docker-cli-plugin-hooks ]; then printf '%s' "$3" >asked; printf '%s' '${JSON.stringify(answer)}'; fi`,
  )

function hooked(answer: object, settings: object): World & { configDir: string } {
  const world = configured(
    { 'docker-scout': hook(answer) },
    { plugins: { scout: settings }, features: { hooks: 'true' } },
  )
  return { ...world, terminal: true }
}

test('a plugin adds a word after the command it looks on', async () => {
  const engine = await fakeEngine({ 'POST /containers/web/pause': {} })
  const world = hooked({ Template: 'see {{command}} {{argValue 0}}\nand {{.Name}}' }, { hooks: 'images,pause' })
  const { stderr } = await run(['pause', 'web'], { ...world, engine })
  expect(stderr).toBe("\n\x1b[1mWhat's next:\x1b[0m\n    see pause web\n    and pause\n")
  expect(JSON.parse(readFileSync(join(world.configDir, 'asked'), 'utf8'))).toEqual({ RootCmd: 'pause', Flags: {} })
})

test('a plugin is told what went wrong, and the failure stays', async () => {
  const engine = await fakeEngine({ 'POST /containers/web/kill': { status: 404, error: 'no such' } })
  const world = hooked({ Template: 'flag {{flagValue "signal"}}' }, { 'error-hooks': 'kill' })
  const { stderr, exitCode } = await run(['kill', '-s', 'HUP', 'web'], { ...world, engine })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('flag HUP\n')
  expect(JSON.parse(readFileSync(join(world.configDir, 'asked'), 'utf8'))).toMatchObject({
    Flags: { signal: '' },
    CommandError: expect.stringContaining('no such') as unknown,
  })
})

test('nobody is asked away from a terminal, without leave, or about other commands', async () => {
  const engine = await fakeEngine({ 'POST /containers/web/pause': {} })
  const world = hooked({ Template: 'x' }, { hooks: 'pause extra,images' })
  expect((await run(['pause', 'web'], { ...world, engine })).stderr).toBe('')
  const off = { ...hooked({ Template: 'x' }, { hooks: 'pause' }), engine }
  expect((await run(['pause', 'web'], { ...off, terminal: false })).stderr).toBe('')
  expect((await run(['pause', 'web'], { ...off, env: { ...off.env, DOCKER_CLI_HOOKS: '0' } })).stderr).toBe('')
})

test('a hook that fails has nothing to say', async () => {
  const engine = await fakeEngine({ 'POST /containers/web/pause': {} })
  const world = hooked({ Template: '{{flagValue "nosuch"}}' }, { hooks: 'pause' })
  expect(await run(['pause', 'web'], { ...world, engine })).toEqual({ stdout: 'web\n', stderr: '', exitCode: 0 })
})

test('closing the socket ends whoever waits at it', async () => {
  const folder = temporaryFolder()
  const socket = (await listenForPlugin({ env: { TMPDIR: folder }, platform: 'linux' }))!
  expect(dirname(socket.address)).toBe(folder)
  const waiting = connect(socket.address)
  await new Promise((resolve) => waiting.once('connect', resolve))
  const ended = new Promise((resolve) => waiting.once('end', resolve))
  waiting.resume()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(existsSync(socket.address)).toBe(true)
  socket.close()
  await ended
  expect(existsSync(socket.address)).toBe(false)
})
