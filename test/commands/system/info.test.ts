import { describe, expect, it } from 'vitest'
import { serverText } from '../../../src/format/views/info.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const daemon = {
  ID: 'abc',
  Name: 'host',
  Containers: 3,
  ContainersRunning: 1,
  Images: 2,
  Driver: 'overlay2',
  DriverStatus: [['Backing Filesystem', 'extfs']],
  Plugins: { Volume: ['local'], Network: ['bridge', 'host'], Authorization: null, Log: ['json-file'] },
  Swarm: { LocalNodeState: 'inactive' },
  OSType: 'linux',
  SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
  NCPU: 2,
  MemTotal: 2_088_034_304,
  Warnings: ['WARNING: No swap limit support'],
}

async function info(argv: string[], world: object = {}) {
  const engine = await fakeEngine({ 'GET /info': { json: daemon } })
  return run(['info', ...argv], { engine, ...world })
}

describe('docker info', () => {
  it('tells of the client, then the daemon, with warnings on stderr', async () => {
    const { stdout, stderr } = await info([])
    expect(
      stdout.startsWith('Client:\n Version:    29.8.0\n Context:    default\n Debug Mode: false\n\nServer:\n'),
    ).toBe(true)
    for (const line of [
      ' Containers: 3\n  Running: 1\n  Paused: 0\n',
      ' Storage Driver: overlay2\n  Backing Filesystem: extfs\n',
      '  Network: bridge host\n  Log: json-file\n Swarm: inactive\n',
      ' Security Options:\n  seccomp\n   Profile: builtin\n  cgroupns\n',
      ' CPUs: 2\n Total Memory: 1.945GiB\n Name: host\n ID: abc\n',
    ]) {
      expect(stdout).toContain(line)
    }
    expect(stdout.endsWith(' Live Restore Enabled: false\n\n')).toBe(true)
    expect(stderr).toBe('WARNING: No swap limit support\n')
  })

  it('names the user who is logged in at Docker Hub', async () => {
    const config = { auths: { 'https://index.docker.io/v1/': { username: 'bob' } } }
    expect((await info([], { config })).stdout).toContain(' Username: bob\n')
  })

  it("shows what the daemon's error leaves, status 1", async () => {
    const engine = await fakeEngine({ 'GET /info': { error: 'broken' } })
    const { stdout, stderr, exitCode } = await run(['info'], { engine })
    expect(stdout.endsWith('\n\nServer:\n')).toBe(true)
    expect(stderr).toBe('ERROR: Error response from daemon: broken\nerrors pretty printing info\n')
    expect(exitCode).toBe(1)
  })

  it('follows a template and asks the daemon only when it has to', async () => {
    expect((await info(['-f', '{{.Name}} {{.ClientInfo.Debug}} {{json .Swarm.LocalNodeState}}'])).stdout).toBe(
      'host false "inactive"\n',
    )
    const engine = await fakeEngine()
    expect((await run(['info', '-f', '{{.ClientInfo.Context}}'], { engine })).stdout).toBe('default\n')
    expect(JSON.parse((await info(['-f', 'json'])).stdout)).toMatchObject({
      ID: 'abc',
      ClientInfo: { Plugins: [], Warnings: null },
    })
  })

  it('tells a template that does not parse (64) from one that fails (1)', async () => {
    expect((await info(['-f', '{{'])).exitCode).toBe(64)
    const { stdout, stderr, exitCode } = await info(['-f', '{{.Nope}}'])
    expect([stdout, exitCode]).toEqual(['\n', 1])
    expect(stderr).toBe(
      'template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type system.dockerInfo\n',
    )
  })
})

describe('the lines about a daemon', () => {
  const text = (more: object) => serverText({ ...daemon, ...more } as never, { debug: false, userName: '' }).join('\n')

  it('tell of the swarm as far as the node knows it', () => {
    const Swarm = {
      LocalNodeState: 'active',
      NodeID: 'n1',
      NodeAddr: '10.0.0.1',
      RemoteManagers: [{ Addr: '10.0.0.2:2377' }, { Addr: '10.0.0.1:2377' }],
    }
    const managers = '  Node Address: 10.0.0.1\n  Manager Addresses:\n   10.0.0.1:2377\n   10.0.0.2:2377\n'
    expect(text({ Swarm })).toContain(` Swarm: active\n  NodeID: n1\n  Is Manager: false\n${managers}`)
    const Spec = { Dispatcher: { HeartbeatPeriod: 5e9 }, Raft: { KeepOldSnapshots: 0 } }
    const manager = text({ Swarm: { ...Swarm, ControlAvailable: true, Nodes: 2, Cluster: { ID: 'c1', Spec } } })
    expect(manager).toContain('  ClusterID: c1\n  Managers: 0\n  Nodes: 2\n  Orchestration:\n')
    expect(manager).toContain('   Number of Old Snapshots to Retain: 0\n')
    expect(manager).toContain('   Heartbeat Period: 5 seconds\n')
  })

  it('list registries that are not secure', () => {
    const RegistryConfig = {
      InsecureRegistryCIDRs: ['127.0.0.0/8'],
      IndexConfigs: { a: { Name: 'a.io', Secure: false }, b: { Name: 'b.io', Secure: true } },
      Mirrors: ['https://m.io/'],
    }
    expect(text({ RegistryConfig })).toContain(
      ' Insecure Registries:\n  a.io\n  127.0.0.0/8\n Registry Mirrors:\n  https://m.io/\n',
    )
  })

  it('tell of the daemon at work when either side debugs', () => {
    expect(text({})).not.toContain('Goroutines')
    expect(text({ Debug: true, NGoroutines: 7 })).toContain('  Goroutines: 7\n')
    expect(serverText({}, { debug: true, userName: '' }).join('\n')).toContain('  File Descriptors: 0\n')
  })
})
