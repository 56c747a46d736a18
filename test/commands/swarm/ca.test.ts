import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { countRotated } from '../../../src/commands/swarm/_root-rotation.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const tls = (name: string) => ({ TrustRoot: `${name}\n`, CertIssuerSubject: 'AA==', CertIssuerPublicKey: btoa(name) })
const swarm = (name: string, RootRotationInProgress = false) => ({
  ID: 'c1',
  Version: { Index: 3 },
  Spec: { CAConfig: { ForceRotate: 4 } },
  TLSInfo: tls(name),
  RootRotationInProgress,
})
const node = (name: string) => ({ ID: name, Description: { TLSInfo: tls(name) } })
const pem = (kind: string) => `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`

function files(): string {
  const cwd = temporaryFolder()
  fs.writeFileSync(path.join(cwd, 'cert'), pem('CERTIFICATE'))
  fs.writeFileSync(path.join(cwd, 'key'), pem('EC PRIVATE KEY'))
  fs.writeFileSync(path.join(cwd, 'text'), 'text')
  return cwd
}

describe('docker swarm ca', () => {
  it('prints the root certificate', async () => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm('old') } })
    expect((await run(['swarm', 'ca'], { engine })).stdout).toBe('old\n')
    const empty = await fakeEngine({ 'GET /swarm': { json: { ID: 'c1' } } })
    expect((await run(['swarm', 'ca'], { engine: empty })).stderr).toBe('no CA information available\n')
  })

  it.each([
    [['--ca-cert', 'cert'], '`--ca-cert` flag requires the `--rotate` flag to update the CA'],
    [['--ca-key', 'key', '--cert-expiry', '1h'], '`--ca-key` flag requires the `--rotate` flag to update the CA'],
    [['--external-ca', 'protocol=cfssl,url=u'], '`--external-ca` flag requires the `--rotate` flag to update the CA'],
    [
      ['--rotate', '--external-ca', 'protocol=cfssl,url=u'],
      "rotating to an external CA requires the `--ca-cert` flag to specify the external CA's cert - to add an external CA with the current root CA certificate, use the `update` command instead",
    ],
    [
      ['--rotate', '--ca-cert', 'cert'],
      'the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided as well',
    ],
  ])('refuses %j', async (flags, message) => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm('old') } })
    const { stderr, exitCode } = await run(['swarm', 'ca', ...flags], { engine, cwd: files() })
    expect([stderr, exitCode]).toEqual([`${message}\n`, 1])
  })

  it.each([
    ['gone', 'open gone: no such file or directory'],
    ['text', 'file contents must be in PEM format'],
  ])('wants a file in PEM format, not %s', async (name, reason) => {
    const { stderr, exitCode } = await run(['swarm', 'ca', '--rotate', '--ca-key', name], {
      engine: await fakeEngine(),
      cwd: files(),
    })
    expect([stderr.split('\n', 1)[0], exitCode]).toEqual([
      `invalid argument "${name}" for "--ca-key" flag: ${reason}`,
      125,
    ])
  })

  it('changes to a new root, or to the one given', async () => {
    const engine = await fakeEngine({ 'GET /swarm': { json: swarm('old') }, 'POST /swarm/update': {} })
    const rotate = ['swarm', 'ca', '--rotate', '-d']
    await run([...rotate, '--cert-expiry', '1h'], { engine })
    await run([...rotate, '--ca-cert', 'cert', '--ca-key', 'key'], { engine, cwd: files() })
    await run([...rotate, '--ca-cert', 'cert', '--external-ca', 'protocol=cfssl,url=u'], { engine, cwd: files() })
    const sent = engine.requests.filter(({ method }) => method === 'POST').map(({ json }) => json)
    expect(sent).toMatchObject([
      { CAConfig: { ForceRotate: 5, NodeCertExpiry: 3.6e12 } },
      { CAConfig: { ForceRotate: 4, SigningCACert: pem('CERTIFICATE'), SigningCAKey: pem('EC PRIVATE KEY') } },
      { CAConfig: { ExternalCAs: [{ URL: 'u', CACert: pem('CERTIFICATE') }], SigningCACert: pem('CERTIFICATE') } },
    ])
  })

  const turning = () => ({
    'GET /swarm': [{ json: swarm('old') }, { json: swarm('new', true) }, { json: swarm('new') }],
    'POST /swarm/update': {},
    'GET /nodes': [{ json: [node('new'), node('old')] }, { json: [node('new'), node('new')] }],
  })

  it('waits until every node has changed over, and prints the new root', async () => {
    const engine = await fakeEngine(turning())
    const { stdout } = await run(['swarm', 'ca', '--rotate'], { engine })
    const digest = 'desired root digest: sha256:7aa7a5359173d05b63cfd682e3c38487f3cb4f7f1d60659fe59fab1505977d4c\n'
    expect(stdout).toBe(
      `desired root digest: \n  rotated TLS certificates: \n  rotated CA certificates:  \n${digest}${digest}new\n`,
    )
    expect(engine.calls.slice(2)).toEqual([
      'GET /swarm',
      'GET /nodes',
      'GET /swarm',
      'GET /nodes',
      'GET /swarm',
      'GET /swarm',
    ])
  })

  it('draws bars on a terminal', async () => {
    const { stdout } = await run(['swarm', 'ca', '--rotate'], {
      engine: await fakeEngine(turning()),
      terminal: true,
      columns: 120,
    })
    expect(stdout).toContain(
      `  rotated TLS certificates:  [=========================>                         ] 1/2 nodes`,
    )
    expect(stdout).toContain(
      `  rotated CA certificates:   [>                                                  ] 0/2 nodes`,
    )
    expect(stdout).toContain(
      `  rotated CA certificates:   [==================================================>] 2/2 nodes`,
    )
  })

  it('shows nothing with --quiet', async () => {
    const engine = await fakeEngine(turning())
    expect(await run(['swarm', 'ca', '--rotate', '-q'], { engine })).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })

  it.each([
    [
      [],
      /sha256:\w+\nOperation continuing in background\.\nUse `swarmctl cluster inspect default` to check progress\.\n$/,
    ],
    [['--quiet'], /^$/],
  ])('goes on in the background after Ctrl-C, and says so (%j)', async (flags, shown) => {
    let interrupt: () => unknown = () => undefined
    const engine = await fakeEngine({
      'GET /swarm': { json: swarm('new', true) },
      'POST /swarm/update': {},
      'GET /nodes': [{ json: [node('old')] }, { handle: () => void interrupt() }],
    })
    const outcome = await run(['swarm', 'ca', '--rotate', ...flags], {
      engine,
      onSignal: (names, listener) => {
        expect(names).toEqual(['SIGINT'])
        interrupt = () => listener('SIGINT')
        return () => undefined
      },
    })
    expect(outcome).toEqual({ stdout: expect.stringMatching(shown), stderr: '', exitCode: 0 })
  })

  it('stops watching once the nodes are not told of', async () => {
    const engine = await fakeEngine({
      'GET /swarm': { json: swarm('new', true) },
      'POST /swarm/update': {},
      'GET /nodes': [{ json: [node('old')] }, { error: 'no' }],
    })
    const { stderr, exitCode } = await run(['swarm', 'ca', '--rotate', '-q'], { engine })
    expect([stderr, exitCode]).toEqual(['Error response from daemon: no\n', 1])
  })

  it('is ended by other signals', async () => {
    const ending = new AbortController()
    const engine = await fakeEngine({
      'GET /swarm': { json: swarm('new', true) },
      'POST /swarm/update': {},
      'GET /nodes': { handle: () => ending.abort() },
    })
    const { stdout, exitCode } = await run(['swarm', 'ca', '--rotate'], { engine, signal: ending.signal })
    expect(stdout).not.toContain('background')
    expect(exitCode).toBe(130)
  })
})

describe('a node has changed over', () => {
  it.each([
    ['when it has the certificate and the root', 'new', false, { certificates: 1, roots: 1, done: true }],
    ['not while the rotation goes on', 'new', true, { certificates: 1, roots: 0, done: false }],
    ['not with an old certificate', 'old', false, { certificates: 0, roots: 0, done: false }],
  ])('%s', (_, name, rotating, counts) => {
    expect(countRotated(swarm('new', rotating), [node(name)])).toEqual(counts)
  })

  it('not before it trusts the new root alone', () => {
    const late = { ID: 'n', Description: { TLSInfo: { ...tls('new'), TrustRoot: 'both' } } }
    expect(countRotated(swarm('new'), [late])).toEqual({ certificates: 1, roots: 0, done: false })
  })
})
