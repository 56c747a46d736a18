import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { tlsSocketOptions } from '../../src/tls/socket-options.ts'
import { loadTls, wantsTls, type TlsInput } from '../../src/tls/tls.ts'
import { certificate } from '../connection/certificates.ts'

const home = mkdtempSync(join(tmpdir(), 'tls-'))
afterAll(() => rmSync(home, { recursive: true }))

function folder(name: string, files: Record<string, string>): string {
  const made = join(home, name)
  mkdirSync(made, { recursive: true })
  for (const [file, content] of Object.entries(files)) writeFileSync(join(made, file), content)
  return made
}

const full = folder('full', { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' })
const caOnly = folder('ca-only', { 'ca.pem': 'CA' })
const empty = folder('empty', {})

const input = (globals: TlsInput['globals'] = {}, env: TlsInput['env'] = {}): TlsInput => ({ globals, env, home })

describe('wantsTls', () => {
  test.each<[TlsInput, boolean]>([
    [input(), false],
    [input({ tls: true }), true],
    [input({ tls: false }), false],
    [input({ tlsverify: true }), true],
    // That it was said at all counts (docker/cli cli/flags/options.go).
    [input({ tlsverify: false }), true],
    [input({}, { DOCKER_TLS: '1' }), true],
    [input({ tls: false }, { DOCKER_TLS: '1' }), false],
    [input({}, { DOCKER_TLS_VERIFY: '1' }), true],
    [input({}, { DOCKER_TLS_VERIFY: '0' }), true],
    [input({}, { DOCKER_TLS_VERIFY: '' }), false],
    [input({ tls: false }, { DOCKER_TLS_VERIFY: '1' }), true],
    [input({}, { DOCKER_CERT_PATH: full }), false],
  ])('%#', (given, expected) => {
    expect(wantsTls(given)).toBe(expected)
  })
})

describe('loadTls', () => {
  const loaded = (given: TlsInput) => {
    const choice = loadTls(given)
    const text = Object.entries(choice?.data ?? {}).map(([kind, bytes]) => `${kind}=${String(bytes)}`)
    return choice === undefined ? undefined : [choice.skipVerify ? 'lax' : 'verify', ...text].join(' ')
  }

  test('takes everything from DOCKER_CERT_PATH, then DOCKER_CONFIG, then the home folder', () => {
    expect(loaded(input({}, { DOCKER_CERT_PATH: full }))).toBeUndefined()
    expect(loaded(input({ tls: true }, { DOCKER_CERT_PATH: full }))).toBe('lax ca=CA cert=CERT key=KEY')
    expect(loaded(input({}, { DOCKER_TLS_VERIFY: '1', DOCKER_CONFIG: full }))).toBe('verify ca=CA cert=CERT key=KEY')
    expect(() => loadTls(input({ tls: true }))).toThrow(
      `open ${join(home, '.docker/ca.pem')}: no such file or directory`,
    )
  })

  test('may lack a client certificate, but not the authority', () => {
    expect(loaded(input({ tlsverify: true }, { DOCKER_CERT_PATH: caOnly }))).toBe('verify ca=CA')
    expect(() => loadTls(input({ tls: true }, { DOCKER_CERT_PATH: empty }))).toThrow(`open ${empty}/ca.pem: no such`)
    expect(loaded(input({ tls: true, tlscacert: '' }, { DOCKER_CERT_PATH: empty }))).toBe('lax')
  })

  test('takes the files that are named, which must be there', () => {
    const named = { tls: true, tlscacert: `${full}/ca.pem`, tlscert: `${full}/cert.pem`, tlskey: `${full}/key.pem` }
    expect(loaded(input(named, { DOCKER_CERT_PATH: empty }))).toBe('lax ca=CA cert=CERT key=KEY')
    expect(() => loadTls(input({ ...named, tlscert: '/none' }))).toThrow('open /none: no such file or directory')
    expect(() => loadTls(input({ ...named, tlskey: full }))).toThrow(`read ${full}: is a directory`)
  })

  test.skipIf(process.getuid?.() === 0)('tells a file that may not be read', () => {
    const locked = folder('locked', { 'ca.pem': 'CA' })
    chmodSync(join(locked, 'ca.pem'), 0)
    expect(() => loadTls(input({ tls: true }, { DOCKER_CERT_PATH: locked }))).toThrow('ca.pem: permission denied')
  })
})

describe('tlsSocketOptions', () => {
  const ca = certificate({ name: 'ca', authority: true })
  const encrypted = '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nQUJD\n-----END RSA PRIVATE KEY-----\n'
  const data = { ca: Buffer.from(ca.cert), cert: Buffer.from(ca.cert), key: Buffer.from(ca.key) }

  test('gives what a socket takes', () => {
    expect(tlsSocketOptions({ skipVerify: false, data }, {})).toEqual({
      ...data,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    })
    expect(tlsSocketOptions({ skipVerify: true, data: {} }, {})).toEqual({
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    })
  })

  test('leaves out a certificate without its key', () => {
    expect(tlsSocketOptions({ skipVerify: false, data: { ca: data.ca, cert: data.cert } }, {})).not.toHaveProperty(
      'cert',
    )
  })

  test.each([
    [{ ...data, ca: Buffer.from('x') }, 'failed to retrieve context tls info: ca.pem seems invalid'],
    [{ ...data, key: Buffer.from('x') }, 'no valid private key found'],
    [
      { ...data, key: Buffer.from(encrypted) },
      'private key is encrypted - support for encrypted private keys has been removed',
    ],
    [
      { ...data, cert: Buffer.from('x') },
      'failed to retrieve context tls info: tls: failed to find any PEM data in certificate input',
    ],
  ])('refuses what is not a certificate or key (%#)', (broken, message) => {
    expect(() => tlsSocketOptions({ skipVerify: false, data: broken }, {})).toThrow(message)
  })
})
