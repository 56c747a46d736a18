import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const now = new Date('2024-03-01T00:00:00Z')
const steps = [
  {
    Id: `sha256:${'a'.repeat(64)}`,
    Created: Date.parse('2024-02-29T00:00:00Z') / 1000,
    CreatedBy: '/bin/sh -c #(nop)\tCMD ["a command that is longer than the column is wide"]',
    Tags: ['x:1'],
    Size: 0,
    Comment: '',
  },
  { Id: '<missing>', Created: 0, CreatedBy: 'ADD file', Tags: null, Size: 4_261_550, Comment: 'buildkit' },
]

async function history(argv: string[]) {
  const engine = await fakeEngine({ 'GET /images/x/history': { json: steps } })
  return { ...(await run(['history', ...argv, 'x'], { engine, now })), query: engine.requests[0]?.query }
}

describe('docker history', () => {
  it('shows round words, and N/A for times nobody believes', async () => {
    expect((await history([])).stdout).toBe(
      'IMAGE          CREATED        CREATED BY                                      SIZE      COMMENT\n' +
        'aaaaaaaaaaaa   24 hours ago   /bin/sh -c #(nop) CMD ["a command that is lo…   0B        \n' +
        '<missing>      N/A            ADD file                                        4.26MB    buildkit\n',
    )
  })

  it('shows exact figures with --human=false', async () => {
    const { stdout } = await history(['-H=false', '--no-trunc'])
    expect(stdout).toContain(`sha256:${'a'.repeat(64)}   2024-02-29T00:00:00Z   /bin/sh -c #(nop) CMD ["a command`)
    expect(stdout).toContain('4261550')
  })

  it('shows IDs alone, or by a template', async () => {
    expect((await history(['-q'])).stdout).toBe('aaaaaaaaaaaa\n<missing>\n')
    expect((await history(['--format', '{{.ID}} {{.Comment}}'])).stdout).toBe('aaaaaaaaaaaa \n<missing> buildkit\n')
  })

  it('asks for one platform, and refuses what is none', async () => {
    const { query } = await history(['--platform', 'linux/arm/v6'])
    expect(JSON.parse(String(query?.['platform']))).toEqual({ architecture: 'arm', os: 'linux', variant: 'v6' })
    const { stderr, exitCode } = await run(['history', '--platform', 'a/b/c/d', 'x'], { engine: await fakeEngine() })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^invalid platform: /)
  })
})
