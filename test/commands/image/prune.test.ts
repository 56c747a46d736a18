import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const report = { ImagesDeleted: [{ Untagged: 'a:1' }, { Deleted: 'sha256:1' }], SpaceReclaimed: 1_500_000 }
const prune = 'POST /images/prune'

describe('docker image prune', () => {
  it('removes nameless images, or all unused ones, and says what it freed', async () => {
    const engine = await fakeEngine({ [prune]: { json: report } })
    expect((await run(['image', 'prune', '-f'], { engine })).stdout).toBe(
      'Deleted Images:\nuntagged: a:1\ndeleted: sha256:1\n\nTotal reclaimed space: 1.5MB\n',
    )
    await run(['image', 'prune', '-f', '-a', '--filter', 'until=24h'], { engine })
    expect(engine.requests.map(({ query }) => JSON.parse(String(query['filters'])) as object)).toEqual([
      { dangling: { true: true } },
      { dangling: { false: true }, until: { '24h': true } },
    ])
  })

  it('asks first, and takes only yes for it', async () => {
    const engine = await fakeEngine({ [prune]: { json: { ImagesDeleted: null, SpaceReclaimed: 0 } } })
    const yes = await run(['image', 'prune', '-a'], { engine, stdin: 'y\n' })
    expect(yes.stdout).toBe(
      'WARNING! This will remove all images without at least one container associated to them.\n' +
        'Are you sure you want to continue? [y/N] Total reclaimed space: 0B\n',
    )
    const no = await run(['image', 'prune'], { engine: await fakeEngine(), stdin: 'n\n' })
    expect(no.stdout).toBe('WARNING! This will remove all dangling images.\nAre you sure you want to continue? [y/N] ')
  })
})
