import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const spec = { Name: 'default', Labels: {}, Raft: { ElectionTick: 10, HeartbeatTick: 1 } }
const locked = { ...spec, EncryptionConfig: { AutoLockManagers: true } }
const swarm = (Spec: object = spec, n = 1) => ({
  ID: 'c1',
  Version: { Index: 11 },
  Spec,
  JoinTokens: { Worker: `SWMTKN-1-w${n}`, Manager: `SWMTKN-1-m${n}` },
})
const state = (LocalNodeState: string, ControlAvailable = false): Stub => ({
  json: { Swarm: { NodeID: 'n1', LocalNodeState, ControlAvailable } },
})

describe('docker swarm join', () => {
  it.each([
    [true, 'manager'],
    [false, 'worker'],
  ])('says as what the node joined (%s: %s)', async (control, role) => {
    const engine = await fakeEngine({ 'POST /swarm/join': {}, 'GET /info': state('active', control) })
    const { stdout } = await run(['swarm', 'join', '--token', 'SWMTKN-1-w', '10.0.0.1:2377'], { engine })
    expect(stdout).toBe(`This node joined a swarm as a ${role}.\n`)
    expect(engine.requests[0]?.body.toString()).toBe(
      '{"ListenAddr":"0.0.0.0:2377","AdvertiseAddr":"","DataPathAddr":"","RemoteAddrs":["10.0.0.1:2377"],"JoinToken":"SWMTKN-1-w","Availability":""}',
    )
  })

  it('checks the availability first', async () => {
    const { stderr } = await run(['swarm', 'join', '--availability', '', 'm'], { engine: await fakeEngine() })
    expect(stderr).toBe('invalid availability "", only active, pause and drain are supported\n')
  })
})

describe('docker swarm join-token', () => {
  const node = { 'GET /nodes/n1': { json: { ID: 'n1', ManagerStatus: { Addr: '10.0.0.1:2377' } } } }

  it('prints the command that joins', async () => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm() }, 'GET /info': state('active', true), ...node })
    expect((await run(['swarm', 'join-token', 'manager'], { engine })).stdout).toBe(
      'To add a manager to this swarm, run the following command:\n\n    docker swarm join --token SWMTKN-1-m1 10.0.0.1:2377\n\n',
    )
    expect((await run(['swarm', 'join-token', '-q', 'worker'], { engine })).stdout).toBe('SWMTKN-1-w1\n')
  })

  it('makes a new token of the swarm as it is', async () => {
    const engine = await fakeEngine({
      'GET /swarm': [{ json: swarm() }, { json: swarm(spec, 2) }, { json: swarm(spec, 2) }],
      'POST /swarm/update': {},
      'GET /info': state('active', true),
      ...node,
    })
    const { stdout } = await run(['swarm', 'join-token', '--rotate', 'worker'], { engine })
    expect(stdout).toMatch(/^Successfully rotated worker join token\.\n\nTo add a worker .* --token SWMTKN-1-w2 /s)
    const { query, body } = engine.requests[1]!
    expect(query).toEqual({
      version: '11',
      rotateWorkerToken: 'true',
      rotateManagerToken: 'false',
      rotateManagerUnlockKey: 'false',
    })
    expect(body.toString()).toBe(
      '{"Name":"default","Labels":{},"Orchestration":{},"Raft":{"ElectionTick":10,"HeartbeatTick":1},"Dispatcher":{},"CAConfig":{},"TaskDefaults":{},"EncryptionConfig":{"AutoLockManagers":false}}',
    )
  })

  it('knows two roles', async () => {
    const { stderr, exitCode } = await run(['swarm', 'join-token', 'boss'], { engine: await fakeEngine() })
    expect([stderr, exitCode]).toEqual(['unknown role boss\n', 1])
  })
})

describe('docker swarm unlock-key', () => {
  it('makes a new key only where managers are locked', async () => {
    const open = await fakeEngine({ 'GET /swarm': { json: swarm() } })
    expect((await run(['swarm', 'unlock-key', '--rotate'], { engine: open })).stderr).toBe(
      'cannot rotate because autolock is not turned on\n',
    )
    const engine = await fakeEngine({
      'GET /swarm': { json: swarm(locked) },
      'POST /swarm/update': {},
      'GET /swarm/unlockkey': { json: { UnlockKey: 'SWMKEY-1-new' } },
    })
    const { stdout } = await run(['swarm', 'unlock-key', '--rotate'], { engine })
    expect(stdout).toMatch(/^Successfully rotated manager unlock key\.\nTo unlock .*\n {4}SWMKEY-1-new\n/s)
    expect(engine.requests[1]?.query).toMatchObject({ rotateManagerUnlockKey: 'true', rotateWorkerToken: 'false' })
  })

  it('says that there is none', async () => {
    const engine = await fakeEngine({ 'GET /swarm/unlockkey': { json: { UnlockKey: '' } } })
    expect((await run(['swarm', 'unlock-key', '-q'], { engine })).stderr).toBe('no unlock key is set\n')
  })
})

describe('docker swarm unlock', () => {
  it.each([
    ['inactive', 'error: this node is not part of a swarm\n'],
    ['pending', 'error: swarm is not locked\n'],
    ['active', 'error: swarm is not locked\n'],
    ['error', 'error: swarm is not locked\n'],
  ])('asks for no key when the node is %s', async (nodeState, message) => {
    const engine = await fakeEngine({ 'GET /info': state(nodeState) })
    const { stderr, exitCode } = await run(['swarm', 'unlock'], { engine, stdin: 'key\n' })
    expect([stderr, exitCode]).toEqual([message, 1])
  })

  it.each(['SWMKEY-1-k\nmore', ' SWMKEY-1-k '])('reads a line of what is no terminal: %j', async (stdin) => {
    const engine = await fakeEngine({ 'GET /info': state('locked'), 'POST /swarm/unlock': {} })
    const { stdout, exitCode } = await run(['swarm', 'unlock'], { engine, stdin })
    expect([stdout, exitCode]).toEqual(['', 0])
    expect(engine.requests[1]?.json).toEqual({ UnlockKey: 'SWMKEY-1-k' })
  })

  it('does not show what is typed', async () => {
    const engine = await fakeEngine({ 'GET /info': state('locked'), 'POST /swarm/unlock': {} })
    const stdin = new PassThrough()
    const modes: boolean[] = []
    const { stdout, stderr } = await run(['swarm', 'unlock'], {
      engine,
      stdin,
      stdinTerminal: true,
      onRawMode: (raw) => void modes.push(raw),
      onOutput: (shown) => {
        if (!shown.endsWith('key: ')) return
        expect(modes).toEqual([true])
        stdin.write('SWMKEY-1-k\r')
      },
    })
    expect([stdout, stderr, modes]).toEqual(['Enter unlock key: \n', '', [true, false]])
    expect(engine.requests[1]?.json).toEqual({ UnlockKey: 'SWMKEY-1-k' })
  })
})

describe('tokens and keys', () => {
  it.each([
    [['join', '--token', 'SWMTKN-1-secret', 'm'], 'POST /swarm/join', 'SWMTKN-1-secret'],
    [['join', '--token', 'any other word', 'm'], 'POST /swarm/join', 'any other word'],
  ])('stay out of the error of %j', async (argv, request, token) => {
    const engine = await fakeEngine({ [request]: { error: `invalid join token ${token}: no` } })
    const { stderr } = await run(['swarm', ...argv], { engine })
    expect(stderr).toMatch(/^Error response from daemon: invalid join token .*\.\.\.: no\n$/)
    expect(stderr).not.toContain(token)
    expect(stderr).not.toContain('secret')
  })

  it('stay out of what a refused key is answered with', async () => {
    const stubs = { 'GET /info': state('locked'), 'POST /swarm/unlock': { error: 'invalid key a wrong one' } }
    const { stderr } = await run(['swarm', 'unlock'], { engine: await fakeEngine(stubs), stdin: 'a wrong one' })
    expect(stderr).toBe('Error response from daemon: invalid key ...\n')
  })

  it('stay out of the error for a role', async () => {
    const { stderr } = await run(['swarm', 'join-token', 'SWMTKN-1-0abc-9xyz'], { engine: await fakeEngine() })
    expect(stderr).toBe('unknown role SWMTKN-...\n')
  })
})
