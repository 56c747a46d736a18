import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const volume = (Name: string, more = {}) => ({
  Name,
  Driver: 'local',
  Scope: 'local',
  Mountpoint: `/v/${Name}`,
  Labels: null,
  ...more,
})

describe('docker volume', () => {
  it('lists what there is, and cluster volumes in a table of their own', async () => {
    const cluster = {
      ClusterVolume: { Spec: { Group: 'g', Availability: 'active' }, Info: { VolumeID: 'x' }, PublishStatus: [{}] },
    }
    const engine = await fakeEngine({ 'GET /volumes': { json: { Volumes: [volume('b'), volume('a', cluster)] } } })
    expect((await run(['volume', 'ls'], { engine })).stdout).toBe('DRIVER    VOLUME NAME\nlocal     a\nlocal     b\n')
    expect((await run(['volume', 'ls', '--cluster'], { engine })).stdout).toBe(
      'VOLUME NAME   GROUP     DRIVER    AVAILABILITY   STATUS\na             g         local     active         in use (1 node)\n',
    )
  })

  it('updates a cluster volume whose version the daemon leaves out, as the reference does', async () => {
    const ClusterVolume = { ID: 'cv1', Version: null, Spec: { Group: 'g' } }
    const engine = await fakeEngine({
      'GET /volumes/v': { json: { ...volume('v'), ClusterVolume } },
      'PUT /volumes/cv1': { status: 200 },
    })
    const outcome = await run(['volume', 'update', '--availability', 'drain', 'v'], { engine })
    expect(outcome).toMatchObject({ stderr: '', exitCode: 0 })
    expect(engine.requests[1]?.query).toEqual({ version: '0' })
  })

  it('makes a cluster volume when a flag asks for one', async () => {
    const engine = await fakeEngine({ 'POST /volumes/create': { json: volume('v') } })
    expect((await run(['volume', 'create', '--type', 'mount', '--required-bytes', '1k', 'v'], { engine })).stdout).toBe(
      'v\n',
    )
    expect(engine.requests[0]?.json).toMatchObject({
      Name: 'v',
      ClusterVolumeSpec: { AccessMode: { MountVolume: {} }, CapacityRange: { RequiredBytes: 1024, LimitBytes: 0 } },
    })
  })

  it('refuses two names', async () => {
    const engine = await fakeEngine()
    const { stderr, exitCode } = await run(['volume', 'create', '--name', 'a', 'b'], { engine })
    expect(stderr).toBe(
      'conflicting options: cannot specify a volume-name through both --name and as a positional arg\n',
    )
    expect(exitCode).toBe(1)
  })

  it('prunes anonymous volumes, or all of them', async () => {
    const engine = await fakeEngine({ 'POST /volumes/prune': { json: { VolumesDeleted: ['v'], SpaceReclaimed: 10 } } })
    expect((await run(['volume', 'prune', '-f', '-a'], { engine })).stdout).toBe(
      'Deleted Volumes:\nv\n\nTotal reclaimed space: 10B\n',
    )
    expect(engine.requests[0]?.query).toEqual({ filters: '{"all":{"true":true}}' })
  })
})
