import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] '

describe('docker container prune', () => {
  it('asks first, and ends quietly when refused', async () => {
    const engine = await fakeEngine()
    const outcome = await run(['container', 'prune'], { engine, stdin: 'n\n' })
    expect(outcome).toEqual({ stdout: question, stderr: '', exitCode: 0 })
  })

  it('says what it removed', async () => {
    const report = { ContainersDeleted: ['abc', 'def'], SpaceReclaimed: 2500 }
    const engine = await fakeEngine({ 'POST /containers/prune': { json: report } })
    const { stdout } = await run(['container', 'prune', '--filter', 'until=1h'], {
      engine,
      stdin: 'y\n',
      config: { pruneFilters: ['label=x'] },
    })
    expect(stdout).toBe(`${question}Deleted Containers:\nabc\ndef\n\nTotal reclaimed space: 2.5kB\n`)
    expect(engine.requests[0]?.query).toEqual({ filters: '{"label":{"x":true},"until":{"1h":true}}' })
  })

  it('says so where there was nothing to remove', async () => {
    const engine = await fakeEngine({ 'POST /containers/prune': { json: { ContainersDeleted: null } } })
    expect((await run(['container', 'prune', '-f'], { engine })).stdout).toBe('Total reclaimed space: 0B\n')
  })
})
