import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkKeyPair, hasCertificate } from '../../src/tls/key-pair.ts'
import { certificate as makeCertificate } from '../connection/certificates.ts'

const { cert: certificate, key: privateKey } = makeCertificate({ name: 'daemon' })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const text = (key: typeof p256) => key.export({ type: 'pkcs8', format: 'pem' }) as string
const pem = (type: string, content = 'QUJD') => `-----BEGIN ${type}-----\n${content}\n-----END ${type}-----\n`
const old = rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string
const encrypted = rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string
const noSupport =
  'private key is encrypted - support for encrypted private keys has been removed, see https://docs.docker.com/go/deprecated/'

test('takes a certificate with its key, whatever stands around them', () => {
  expect(() => checkKeyPair(certificate, privateKey)).not.toThrow()
  const params = pem('EC PARAMETERS', 'BggqhkjOPQMBBw==')
  expect(() => checkKeyPair(`text\n${certificate}`, `${params}${privateKey}`.replaceAll('\n', '\r\n'))).not.toThrow()
})

test.each([
  ['a key of another certificate', certificate, text(p256), 'tls: private key does not match public key'],
  ['a key of another kind', certificate, text(rsa), 'tls: private key type does not match public key type'],
  ['an encrypted key', certificate, encrypted, 'tls: failed to parse private key'],
  ['a key of three bytes', certificate, pem('PRIVATE KEY'), 'tls: failed to parse private key'],
  [
    'the certificate for a key',
    certificate,
    certificate,
    'tls: found a certificate rather than a key in the PEM for the private key',
  ],
  [
    'something else for a key',
    certificate,
    pem('A') + pem('B'),
    'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [A B]',
  ],
  ['no certificate', 'text', privateKey, 'tls: failed to find any PEM data in certificate input'],
  ['a certificate of three bytes', pem('CERTIFICATE'), privateKey, 'x509: malformed certificate'],
  [
    'the key for a certificate',
    privateKey,
    privateKey,
    'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
  ],
  [
    'something else for a certificate',
    pem('A') + privateKey,
    privateKey,
    'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [A PRIVATE KEY]',
  ],
])('refuses %s', (_, cert, key, why) => {
  const message = `failed to retrieve context tls info: ${why}`
  expect(() => checkKeyPair(cert, key)).toThrow(expect.objectContaining({ message }))
})

test('refuses what is no key at all, and keys encrypted in the old way', () => {
  expect(() => checkKeyPair(certificate, 'text')).toThrow(new Error('no valid private key found'))
  expect(() => checkKeyPair(certificate, old)).toThrow(new Error(noSupport))
})

test('finds a certificate among others, and none where none can be read', () => {
  expect(hasCertificate(Buffer.from(pem('CERTIFICATE') + certificate))).toBe(true)
  expect(hasCertificate(Buffer.from(pem('CERTIFICATE') + privateKey))).toBe(false)
  expect(hasCertificate(Buffer.from(''))).toBe(false)
})
