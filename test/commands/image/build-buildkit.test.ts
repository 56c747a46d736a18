import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const noBuildkit = { 'POST /grpc': { status: 404, error: 'page not found' } }

describe('docker build where BuildKit is to build', () => {
  it('does not know the flags of BuildKit where that is switched off', async () => {
    const engine = await fakeEngine({})
    const env = { DOCKER_BUILDKIT: '0' }
    const { stderr, exitCode } = await run(['build', '--secret', 'id=x', '.'], { engine, env })
    expect([stderr.split('\n')[0], exitCode]).toEqual(['unknown flag: --secret', 125])
    expect(engine.requests).toEqual([])
  })

  it('says that an engine has no BuildKit for a flag that needs it', async () => {
    const engine = await fakeEngine(noBuildkit, { builderVersion: '' })
    const { stderr, exitCode } = await run(['build', '--check', '.'], { engine })
    expect([stderr, exitCode]).toEqual(['--call needs BuildKit, which this engine does not have\n', 1])
  })

  it.each([
    [['--output', 'type=local,x'], 'ERROR: invalid value x\n'],
    [['--progress', 'fancy'], 'ERROR: invalid progress mode fancy\n'],
    [['--progress', 'tty'], 'ERROR: failed to get console: provided file is not a console\n'],
    [['-q', '--progress', 'plain'], 'ERROR: progress=plain and quiet cannot be used together\n'],
    [
      ['--no-cache', '--no-cache-filter', 'x'],
      'ERROR: --no-cache and --no-cache-filter cannot currently be used together\n',
    ],
  ])('refuses %j before it asks for anything', async (flags, message) => {
    const engine = await fakeEngine({})
    const { stderr, exitCode } = await run(['build', ...flags, '.'], { engine })
    expect([stderr, exitCode]).toEqual([message, 1])
    expect(engine.requests).toEqual([])
  })

  it('refuses to build without a policy that there is', async () => {
    const plugin =
      'Install it and run "docker buildx build" (https://docs.docker.com/go/buildx/), or go without: --policy disabled=true\n'
    const engine = await fakeEngine({}, { optional: noBuildkit })
    const asked = await run(['build', '--policy', 'filename=a.rego', '.'], { engine })
    expect(asked.stderr).toBe(
      `ERROR: --policy asks for a policy, and policies are evaluated by the buildx plugin only.\n${plugin}`,
    )
    const cwd = temporaryFolder()
    for (const name of ['Dockerfile', 'Dockerfile.rego']) fs.writeFileSync(path.join(cwd, name), '')
    const found = await run(['build', '.'], { engine, cwd })
    expect(found.stderr).toContain(`Dockerfile.rego lies beside the Dockerfile, and policies are evaluated by the`)
    expect(engine.requests).toEqual([])
    const without = await run(['build', '--policy', 'disabled=true', '.'], { engine, cwd })
    expect(without.stderr).toContain('the engine does not answer as BuildKit does')
  })

  it('says what is wrong with the context', async () => {
    const engine = await fakeEngine({})
    const env = { DOCKER_CONFIG: temporaryFolder() }
    const { stderr, exitCode } = await run(['build', 'nowhere'], { engine, env, cwd: temporaryFolder() })
    expect(stderr).toBe('ERROR: failed to build: unable to prepare context: path "nowhere" not found\n')
    expect(exitCode).toBe(1)
  })

  it('leaves no image ID of a build before where this one fails', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'id'), 'old')
    const engine = await fakeEngine(noBuildkit)
    const { stderr } = await run(['build', '--iidfile', 'id', '.'], { engine, cwd })
    expect(stderr).toMatch(
      /^ERROR: failed to build: the engine does not answer as BuildKit does \(DOCKER_BUILDKIT=0 builds without it\): .*404\n$/,
    )
    expect(fs.existsSync(path.join(cwd, 'id'))).toBe(false)
  })

  it('says what is wrong with the colours that are asked for', async () => {
    const engine = await fakeEngine(noBuildkit)
    const env = { BUILDKIT_COLORS: 'run=mauve' }
    const { stderr } = await run(['build', '.'], { engine, env, cwd: temporaryFolder(), terminal: true })
    expect(stderr).toContain('Unknown color value found in BUILDKIT_COLORS: run=mauve')
  })

  it('builds by the classic builder where the engine has no other', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'Dockerfile'), '')
    const engine = await fakeEngine({ ...noBuildkit, 'POST /build': { lines: [] } }, { builderVersion: '' })
    await run(['build', '--cache-from', 'a,b', '--platform', 'linux/arm64', '.'], { engine, cwd })
    expect(engine.requests.at(-1)?.query).toMatchObject({ cachefrom: '["a","b"]', platform: 'linux/arm64' })
  })
})
