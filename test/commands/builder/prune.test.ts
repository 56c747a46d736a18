import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const prune = 'POST /build/prune'
const nothing = { json: { CachesDeleted: null, SpaceReclaimed: 0 } }

describe('docker builder prune', () => {
  it('removes the cache that is dangling, and says what went', async () => {
    const engine = await fakeEngine({ [prune]: { json: { CachesDeleted: ['a', 'b'], SpaceReclaimed: 2048 } } })
    const { stdout } = await run(['builder', 'prune', '-f'], { engine })
    expect(stdout).toBe('Deleted build cache objects:\na\nb\n\nTotal reclaimed space: 2.048kB\n')
    expect(engine.requests.map(({ query }) => query)).toEqual([{}])
  })

  it.each([
    ['1.50', { 'reserved-space': '2000000000' }],
    ['1.47', { 'keep-storage': '2000000000' }],
  ])('tells a daemon of API %s what to keep', async (apiVersion, keep) => {
    const engine = await fakeEngine({ [prune]: nothing }, { apiVersion })
    const argv = ['builder', 'prune', '-af', '--filter', 'until=24h', '--keep-storage', '2000000000']
    await run(argv, { engine })
    const filters = '{"until":{"24h":true}}'
    expect(engine.requests.map(({ query }) => query)).toEqual([{ all: '1', filters, ...keep }])
  })

  it.each([
    [[], 'WARNING! This will remove all dangling build cache. Are you sure you want to continue? [y/N] '],
    [['-a'], 'WARNING! This will remove all build cache. Are you sure you want to continue? [y/N] '],
  ])('asks first (%j)', async (flags, question) => {
    const { stdout, exitCode } = await run(['builder', 'prune', ...flags], { engine: await fakeEngine(), stdin: 'n\n' })
    expect([stdout, exitCode]).toEqual([question, 0])
  })
})
