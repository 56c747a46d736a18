import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const pushed = { lines: [{ status: 'The push refers to repository [r.io/x]' }, { status: 'Pushed', id: 'aaa' }] }

describe('docker push', () => {
  it('sends name and tag and shows how it goes', async () => {
    const engine = await fakeEngine({ 'POST /images/r.io/x/push': pushed })
    const { stdout, exitCode } = await run(['push', 'r.io/x'], { engine })
    expect(exitCode).toBe(0)
    expect(engine.requests[0]?.query).toEqual({ tag: 'latest' })
    expect(engine.requests[0]?.headers['x-registry-auth']).toBeDefined()
    expect(stdout).toBe('Using default tag: latest\nThe push refers to repository [r.io/x]\naaa: Pushed\n')
  })

  it('prints the name alone with -q, and no tag is named with -a', async () => {
    const engine = await fakeEngine({ 'POST /images/r.io/x/push': pushed })
    expect((await run(['push', '-aq', 'r.io/x'], { engine })).stdout).toBe('r.io/x\n')
    expect(engine.requests[0]?.query).toEqual({})
  })

  it('sends one platform and says what that leaves out', async () => {
    const engine = await fakeEngine({ 'POST /images/r.io/x/push': pushed })
    const { stdout } = await run(['push', '--platform', 'linux/arm/v7', 'r.io/x:1'], { engine })
    expect(JSON.parse(String(engine.requests[0]?.query['platform']))).toEqual({
      architecture: 'arm',
      os: 'linux',
      variant: 'v7',
    })
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      '',
      ' Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.',
      '         Other components, like attestations, will not be included.',
      '         To push the complete multi-platform image, remove the --platform flag.',
      '         ',
    ])
  })

  it('adds notes about what was pushed at the end, before an error too', async () => {
    const aux = {
      manifestPushedInsteadOfIndex: true,
      originalIndex: { digest: 'sha256:1' },
      selectedManifest: { digest: 'sha256:2' },
    }
    const lines = [{ aux }, { status: 'Pushed' }, { errorDetail: { message: 'denied' } }]
    const engine = await fakeEngine({ 'POST /images/r.io/x/push': { lines } })
    const { stdout, stderr, exitCode } = await run(['push', 'r.io/x:1'], { engine })
    expect(stdout).toBe(
      'Pushed\n\n Info -> Not all multiplatform-content is present and only the available single-platform image was pushed\n' +
        '         sha256:1 -> sha256:2\n',
    )
    expect([stderr, exitCode]).toEqual(['denied\n', 1])
  })

  it.each([
    [['push', `x@sha256:${'a'.repeat(64)}`], 'cannot push a digest reference\n'],
    [['push', '-a', 'x:1'], "tag can't be used with --all-tags/-a\n"],
    [['push', 'X'], 'invalid reference format: repository name (library/X) must be lowercase\n'],
  ])('refuses %j', async (argv, message) => {
    const { stderr, exitCode } = await run(argv, { engine: await fakeEngine() })
    expect([stderr, exitCode]).toEqual([message, 1])
  })
})
