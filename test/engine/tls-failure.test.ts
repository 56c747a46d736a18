import { expect, test } from 'vitest'
import { tlsFailure } from '../../src/engine/tls-failure.ts'

const alert = (name: string) => ({ code: `ERR_SSL_${name}`, message: 'openssl words' })

// The words of Go's crypto/tls for the alerts that a daemon sends about our certificate.
test.each([
  ['SSLV3_ALERT_BAD_CERTIFICATE', 'remote error: tls: bad certificate', true, true],
  ['SSLV3_ALERT_CERTIFICATE_EXPIRED', 'remote error: tls: expired certificate', true, false],
  ['SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'remote error: tls: unknown certificate', true, false],
  ['SSLV3_ALERT_CERTIFICATE_REVOKED', 'remote error: tls: revoked certificate', true, false],
  ['TLSV1_ALERT_UNKNOWN_CA', 'remote error: tls: unknown certificate authority', true, false],
  ['SSLV3_ALERT_HANDSHAKE_FAILURE', 'remote error: tls: handshake failure', true, true],
  ['TLSV13_ALERT_CERTIFICATE_REQUIRED', 'remote error: tls: certificate required', true, false],
  ['TLSV1_ALERT_PROTOCOL_VERSION', 'remote error: tls: protocol version not supported', false, false],
  ['TLSV1_ALERT_INTERNAL_ERROR', 'remote error: tls: internal error', false, false],
])('%s', (name, why, aboutClient, explained) => {
  expect(tlsFailure(alert(name))).toEqual({ why, aboutClient, explained })
})

test('an error of another kind is none of TLS', () => {
  expect(tlsFailure(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeUndefined()
  expect(tlsFailure(undefined)).toBeUndefined()
})

const expired = { code: 'CERT_HAS_EXPIRED', at: Date.UTC(2026, 0, 2, 3, 4, 5, 678) }

test.each([
  [{ valid_to: 'Feb  1 00:00:00 2020 GMT' }, ': current time 2026-01-02T03:04:05Z is after 2020-02-01T00:00:00Z'],
  [{ valid_from: 'Feb  1 00:00:00 2030 GMT' }, ': current time 2026-01-02T03:04:05Z is before 2030-02-01T00:00:00Z'],
  // An authority's, then, which is not at hand.
  [{ valid_from: 'Feb  1 00:00:00 2020 GMT', valid_to: 'Feb  1 00:00:00 2030 GMT' }, ''],
  [undefined, ''],
])('a certificate out of time (%j)', (cert, detail) => {
  expect(tlsFailure({ ...expired, cert })?.why).toBe(
    `tls: failed to verify certificate: x509: certificate has expired or is not yet valid${detail}`,
  )
})
