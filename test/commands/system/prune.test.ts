import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const replies = {
  'POST /containers/prune': { json: { ContainersDeleted: ['c1'], SpaceReclaimed: 10 } },
  'POST /networks/prune': { json: { NetworksDeleted: ['n1'] } },
  'POST /images/prune': { json: { ImagesDeleted: [{ Deleted: 'sha256:1' }], SpaceReclaimed: 20 } },
  'POST /build/prune': { json: { CachesDeleted: ['b1'], SpaceReclaimed: 30 } },
}
const withVolumes = { ...replies, 'POST /volumes/prune': { json: { VolumesDeleted: ['v1'], SpaceReclaimed: 5 } } }

describe('docker system prune', () => {
  it('prunes users before what they use, and adds up the space', async () => {
    const engine = await fakeEngine(withVolumes)
    const { stdout } = await run(['system', 'prune', '-af', '--volumes', '--filter', 'label=x'], { engine })
    expect(engine.requests.map(({ path }) => path.replace(/^\/v[\d.]+/, ''))).toEqual([
      '/containers/prune',
      '/networks/prune',
      '/volumes/prune',
      '/images/prune',
      '/build/prune',
    ])
    expect(engine.requests.map(({ query }) => JSON.parse(String(query['filters'])) as object)).toEqual([
      { label: { x: true } },
      { label: { x: true } },
      { label: { x: true } },
      { dangling: { false: true }, label: { x: true } },
      { label: { x: true } },
    ])
    expect(stdout).toBe(
      'Deleted Containers:\nc1\n\nDeleted Networks:\nn1\n\nDeleted Volumes:\nv1\n\nDeleted Images:\ndeleted: sha256:1\n\n' +
        'Deleted build cache objects:\nb1\n\nTotal reclaimed space: 65B\n',
    )
  })

  it('says what would go, and by which filters, those of config.json included', async () => {
    const world = { engine: await fakeEngine(), stdin: 'n\n', config: { pruneFilters: ['until=10h', 'label!=keep10'] } }
    const argv = ['system', 'prune', '--filter', 'label=b2', '--filter', 'label=b10', '--filter', 'dangling=true']
    expect((await run(argv, world)).stdout).toBe(
      'WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n' +
        '  - all dangling images\n  - unused build cache\n\n  Items to be pruned will be filtered with:\n' +
        '  - label!=keep10\n  - label=b2\n  - label=b10\n  - until=10h\n\nAre you sure you want to continue? [y/N] ',
    )
  })

  it('asks for volumes and for everything in their own words', async () => {
    const { stdout } = await run(['system', 'prune', '-a', '--volumes'], { engine: await fakeEngine(), stdin: '' })
    expect(stdout).toBe(
      'WARNING! This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n' +
        '  - all anonymous volumes not used by at least one container\n' +
        '  - all images without at least one container associated to them\n  - all build cache\n\n' +
        'Are you sure you want to continue? [y/N] ',
    )
  })

  it('knows that volumes take no until, also without a question', async () => {
    const argv = ['system', 'prune', '-f', '--volumes', '--filter', 'until=1h']
    const { stderr, exitCode } = await run(argv, { engine: await fakeEngine() })
    expect([stderr, exitCode]).toEqual(['ERROR: The "until" filter is not supported with "--volumes"\n', 1])
  })

  it('passes over what the daemon has not got, and stops at any other failure', async () => {
    const lacking = { ...replies, 'POST /build/prune': { status: 501, json: { message: 'not here' } } }
    const passed = await run(['system', 'prune', '-f'], { engine: await fakeEngine(lacking) })
    expect([passed.exitCode, passed.stdout.split('\n').at(-2)]).toEqual([0, 'Total reclaimed space: 30B'])
    const failing = { ...replies, 'POST /networks/prune': { status: 500, json: { message: 'no' } } }
    delete (failing as Record<string, unknown>)['POST /images/prune']
    delete (failing as Record<string, unknown>)['POST /build/prune']
    const stopped = await run(['system', 'prune', '-f'], { engine: await fakeEngine(failing) })
    expect([stopped.exitCode, stopped.stdout]).toEqual([1, 'Deleted Containers:\nc1\n\n'])
  })
})
