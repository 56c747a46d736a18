import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const joining = {
  'GET /nodes/n1': { json: { ID: 'n1', ManagerStatus: { Addr: '10.0.0.1:2377' } } },
  'GET /swarm': { json: { JoinTokens: { Worker: 'SWMTKN-1-w', Manager: 'SWMTKN-1-m' } } },
}

const stubs = (more: Record<string, Stub> = {}): Record<string, Stub> => ({
  'POST /swarm/init': { json: 'n1' },
  ...joining,
  ...more,
})

const sent = async (...flags: string[]): Promise<Record<string, unknown>> => {
  const engine = await fakeEngine(stubs())
  const { stderr } = await run(['swarm', 'init', ...flags], { engine })
  expect(stderr).toBe('')
  return engine.requests[0]?.json as Record<string, unknown>
}

const refused = async (...flags: string[]): Promise<[string | undefined, number]> => {
  const { stderr, exitCode } = await run(['swarm', 'init', ...flags], { engine: await fakeEngine() })
  return [stderr.split('\n', 1)[0], exitCode]
}

describe('docker swarm init', () => {
  it('sends every field of the request, and says how nodes join', async () => {
    const engine = await fakeEngine(stubs())
    const { stdout } = await run(['swarm', 'init'], { engine })
    expect(stdout).toBe(
      'Swarm initialized: current node (n1) is now a manager.\n\n' +
        'To add a worker to this swarm, run the following command:\n\n    docker swarm join --token SWMTKN-1-w 10.0.0.1:2377\n\n' +
        "To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n",
    )
    expect(engine.calls).toEqual(['POST /swarm/init', 'GET /nodes/n1', 'GET /swarm'])
    expect(engine.requests[0]?.headers['content-type']).toBe('application/json')
    // What encoding/json makes of the reference's swarm.InitRequest.
    expect(engine.requests[0]?.body.toString()).toBe(
      '{"ListenAddr":"0.0.0.0:2377","AdvertiseAddr":"","DataPathAddr":"","DataPathPort":0,"ForceNewCluster":false,' +
        '"Spec":{"Labels":null,"Orchestration":{},"Raft":{"ElectionTick":0,"HeartbeatTick":0},"Dispatcher":{},' +
        '"CAConfig":{},"TaskDefaults":{},"EncryptionConfig":{"AutoLockManagers":false}},"AutoLockManagers":false,' +
        '"Availability":"","DefaultAddrPool":[],"SubnetSize":24}',
    )
  })

  it('prints the unlock key of a swarm with autolock', async () => {
    const engine = await fakeEngine(stubs({ 'GET /swarm/unlockkey': { json: { UnlockKey: 'SWMKEY-1-k' } } }))
    const { stdout } = await run(['swarm', 'init', '--autolock'], { engine })
    expect(stdout).toMatch(
      /follow the instructions\.\nTo unlock a swarm manager after it restarts.*\n {4}SWMKEY-1-k\n/s,
    )
    expect(engine.requests[0]?.json).toMatchObject({
      AutoLockManagers: true,
      Spec: { EncryptionConfig: { AutoLockManagers: true } },
    })
  })

  it('sets the swarm up as told', async () => {
    const flags =
      '--availability DRAIN --cert-expiry 720h --dispatcher-heartbeat 10s --task-history-limit 0 --max-snapshots 18446744073709551615 --snapshot-interval 7 --data-path-port 7789 --default-addr-pool-mask-length 26 --force-new-cluster'
    expect(await sent(...flags.split(' '))).toMatchObject({
      Availability: 'drain',
      DataPathPort: 7789,
      SubnetSize: 26,
      ForceNewCluster: true,
      Spec: {
        Orchestration: { TaskHistoryRetentionLimit: 0 },
        Raft: { KeepOldSnapshots: 2 ** 64, SnapshotInterval: 7 },
        Dispatcher: { HeartbeatPeriod: 1e10 },
        CAConfig: { NodeCertExpiry: 2.592e15 },
      },
    })
  })

  it.each([
    [['newhost:5555'], 'newhost:5555'],
    [['newhost'], 'newhost:2377'],
    [['::1'], '[::1]:2377'],
    [[':4545'], '0.0.0.0:4545'],
    [['tcp://eth0'], 'eth0:2377'],
    [['[fe80::1]:'], '[fe80::1]:2377'],
    [['old:123', 'new'], 'new:123'],
    [['old:123', ''], 'old:123'],
  ])('listens at %j', async (given, wanted) => {
    const { ListenAddr } = await sent(...given.flatMap((text) => ['--listen-addr', text]))
    expect(ListenAddr).toBe(wanted)
  })

  it.each([
    ['http://localhost:4545', 'invalid proto, expected tcp: http://localhost:4545'],
    ['[::1]', 'invalid bind address format: [::1]'],
    ['host:port', 'parse "tcp://host:port": invalid port ":port" after host'],
  ])('does not listen at %s', async (address, reason) => {
    expect(await refused('--listen-addr', address)).toEqual([
      `invalid argument "${address}" for "--listen-addr" flag: ${reason}`,
      125,
    ])
  })

  it.each([
    [['10.10.5.0/16'], ['10.10.0.0/16']],
    [['10.0.0.0/8, 2001:db8::1/48'], ['10.0.0.0/8', '2001:db8::/48']],
    [
      ['10.0.0.0/8', '"11.0.0.0/8"'],
      ['10.0.0.0/8', '11.0.0.0/8'],
    ],
    [[''], []],
  ])('makes networks of %j', async (pools, wanted) => {
    const { DefaultAddrPool } = await sent(...pools.flatMap((pool) => ['--default-addr-pool', pool]))
    expect(DefaultAddrPool).toEqual(wanted)
  })

  it('refuses what it cannot send before it asks the daemon', async () => {
    expect(await refused('--availability', 'Off')).toEqual([
      'invalid availability "Off", only active, pause and drain are supported',
      1,
    ])
    expect(await refused('--default-addr-pool', '10.0.0.0/8,x')).toEqual([
      'invalid argument "10.0.0.0/8,x" for "--default-addr-pool" flag: invalid string being converted to CIDR: x',
      125,
    ])
    expect(await refused('--data-path-port', '4294967296')).toEqual([
      'invalid argument "4294967296" for "--data-path-port" flag: strconv.ParseUint: parsing "4294967296": value out of range',
      125,
    ])
  })

  it.each(['could not choose an IP address to advertise since x', "could not find the system's IP address"])(
    'names the flag that helps: %s',
    async (error) => {
      const engine = await fakeEngine({ 'POST /swarm/init': { error } })
      expect((await run(['swarm', 'init'], { engine })).stderr).toBe(
        `Error response from daemon: ${error} - specify one with --advertise-addr\n`,
      )
    },
  )

  it('says that the key could not be fetched', async () => {
    const engine = await fakeEngine(stubs({ 'GET /swarm/unlockkey': { error: 'no' } }))
    const { stderr, exitCode } = await run(['swarm', 'init', '--autolock'], { engine })
    expect([stderr, exitCode]).toEqual(['could not fetch unlock key: Error response from daemon: no\n', 1])
  })
})

describe('--external-ca', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'

  it.each([
    ['', 'EOF'],
    ['anything', "invalid field 'anything' must be a key=value pair"],
    ['foo=bar', 'the external-ca option needs a protocol= parameter'],
    ['protocol=baz', 'unrecognized external CA protocol baz'],
    ['protocol=cfssl', 'the external-ca option needs a url= parameter'],
    ['cacert=gone,protocol=baz', 'unable to read CA cert for external CA: open gone: no such file or directory'],
  ])('refuses %j', async (text, reason) => {
    expect(await refused('--external-ca', text)).toEqual([
      `invalid argument "${text}" for "--external-ca" flag: ${reason}`,
      125,
    ])
  })

  it('takes several, with options in any order and a certificate', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'ca.pem'), pem)
    const engine = await fakeEngine(stubs())
    const both = ['URL=https://a,Protocol=CFSSL,foo=bar,"x,y=z"', 'protocol=cfssl,url=u,cacert=ca.pem']
    await run(['swarm', 'init', ...both.flatMap((text) => ['--external-ca', text])], { engine, cwd })
    expect(engine.requests[0]?.json).toMatchObject({
      Spec: {
        CAConfig: {
          ExternalCAs: [
            { Protocol: 'cfssl', URL: 'https://a', Options: { foo: 'bar', 'x,y': 'z' }, CACert: '' },
            { Protocol: 'cfssl', URL: 'u', CACert: pem },
          ],
        },
      },
    })
  })

  it('wants a certificate that is PEM', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'ca.der'), 'der')
    const flags = ['--external-ca', 'protocol=cfssl,url=u,cacert=ca.der']
    const { stderr } = await run(['swarm', 'init', ...flags], { engine: await fakeEngine(), cwd })
    expect(stderr).toMatch(/flag: CA cert for external CA must be in PEM format\n\nUsage: /)
  })
})
