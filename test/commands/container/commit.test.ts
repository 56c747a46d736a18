import { describe, expect, it } from 'vitest'
import { commitOptions } from '../../../src/commands/container/commit.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

describe('docker commit', () => {
  it('prints the new image', async () => {
    const engine = await fakeEngine({ 'POST /commit': { json: { Id: 'sha256:abc' } } })
    const outcome = await run(['commit', '-m', 'why', '-c', 'ENV A=1', '-c', 'USER x', 'web', 'repo'], { engine })
    expect(outcome.stdout).toBe('sha256:abc\n')
    expect(engine.requests[0]?.query).toEqual({
      container: 'web',
      repo: 'docker.io/library/repo',
      tag: 'latest',
      comment: 'why',
      changes: ['ENV A=1', 'USER x'],
    })
  })

  it('ends the flags at the first argument', async () => {
    const engine = await fakeEngine()
    expect((await run(['commit', 'web', 'repo', '-m'], { engine })).stderr).toContain('requires at least 1 and at most')
  })
})

describe('commitOptions', () => {
  it.each([
    [{}, false],
    [{ noPause: true }, true],
    [{ noPause: false }, false],
    [{ pause: true }, false],
    [{ pause: false }, true],
  ])('takes the pause from %j', (options, noPause) => {
    expect(commitOptions('', options).noPause).toBe(noPause)
  })

  it('refuses digests', () => {
    expect(() => commitOptions(`repo@sha256:${'a'.repeat(64)}`, {})).toThrow('refusing to create a tag with a digest')
  })
})
