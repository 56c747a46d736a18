import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const Spec = {
  Name: 'default',
  Labels: { a: 'b' },
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 7776e12 },
  TaskDefaults: { LogDriver: { Name: 'syslog', Options: { tag: '<t>' } } },
  EncryptionConfig: { AutoLockManagers: false },
  Unknown: 1,
}
const swarm = { ID: 'c1', Version: { Index: 11 }, Spec, TLSInfo: { TrustRoot: 'ROOT' }, JoinTokens: {} }

describe('docker swarm update', () => {
  it('changes what is given, and sends the rest as Go would', async () => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm }, 'POST /swarm/update': {} })
    const flags = ['--snapshot-interval', '9', '--cert-expiry', '48h']
    const { stdout } = await run(['swarm', 'update', ...flags], { engine })
    expect(stdout).toBe('Swarm updated.\n')
    expect(engine.requests[1]?.body.toString()).toBe(
      '{"Name":"default","Labels":{"a":"b"},"Orchestration":{"TaskHistoryRetentionLimit":5},' +
        '"Raft":{"SnapshotInterval":9,"KeepOldSnapshots":0,"LogEntriesForSlowFollowers":500,"ElectionTick":10,"HeartbeatTick":1},' +
        '"Dispatcher":{"HeartbeatPeriod":5000000000},"CAConfig":{"NodeCertExpiry":172800000000000},' +
        '"TaskDefaults":{"LogDriver":{"Name":"syslog","Options":{"tag":"\\u003ct\\u003e"}}},"EncryptionConfig":{"AutoLockManagers":false}}',
    )
  })

  it('gives external authorities the root certificate of the swarm', async () => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm }, 'POST /swarm/update': {} })
    await run(['swarm', 'update', '--external-ca', 'protocol=cfssl,url=u'], { engine })
    expect(engine.requests[1]?.json).toMatchObject({
      CAConfig: { NodeCertExpiry: 7776e12, ExternalCAs: [{ Protocol: 'cfssl', URL: 'u', CACert: 'ROOT' }] },
    })
  })

  it('prints the unlock key once autolock is turned on', async () => {
    const engine = await fakeEngine({
      'GET /swarm': { json: swarm },
      'POST /swarm/update': {},
      'GET /swarm/unlockkey': { json: { UnlockKey: 'SWMKEY-1-k' } },
    })
    const { stdout } = await run(['swarm', 'update', '--autolock'], { engine })
    expect(stdout).toMatch(/^Swarm updated\.\nTo unlock .*SWMKEY-1-k/s)
    const again = await fakeEngine({
      'GET /swarm': { json: { ...swarm, Spec: { ...Spec, EncryptionConfig: { AutoLockManagers: true } } } },
      'POST /swarm/update': {},
    })
    expect((await run(['swarm', 'update', '--autolock'], { engine: again })).stdout).toBe('Swarm updated.\n')
  })

  it('prints its help when there is nothing to change', async () => {
    const engine = await fakeEngine()
    const bare = await run(['swarm', 'update'], { engine })
    expect([bare.exitCode, bare.stderr]).toEqual([0, ''])
    expect(bare.stdout).toBe((await run(['swarm', 'update', '--help'], { engine })).stdout)
    expect((await run(['swarm', 'update', 'x'], { engine })).exitCode).toBe(1)
  })
})

describe('docker swarm leave', () => {
  it('leaves, by force where asked', async () => {
    const engine = await fakeEngine({ 'POST /swarm/leave': {} })
    expect((await run(['swarm', 'leave'], { engine })).stdout).toBe('Node left the swarm.\n')
    await run(['swarm', 'leave', '--force'], { engine })
    expect(engine.requests.map(({ query }) => query)).toEqual([{}, { force: '1' }])
  })
})
