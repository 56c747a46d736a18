import { expect, test } from 'vitest'
import { tlsFailure } from '../../src/engine/tls-failure.ts'

const alert = (name: string) => ({ code: `ERR_SSL_${name}`, message: 'openssl words' })

// The words of Go's crypto/tls for the alerts that a daemon sends about our certificate.
test.each([
  ['SSLV3_ALERT_BAD_CERTIFICATE', 'remote error: tls: bad certificate', true],
  ['SSLV3_ALERT_CERTIFICATE_EXPIRED', 'remote error: tls: expired certificate', true],
  ['SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'remote error: tls: unknown certificate', true],
  ['SSLV3_ALERT_CERTIFICATE_REVOKED', 'remote error: tls: revoked certificate', true],
  ['TLSV1_ALERT_UNKNOWN_CA', 'remote error: tls: unknown certificate authority', true],
  ['SSLV3_ALERT_HANDSHAKE_FAILURE', 'remote error: tls: handshake failure', true],
  ['TLSV13_ALERT_CERTIFICATE_REQUIRED', 'remote error: tls: certificate required', false],
  ['TLSV1_ALERT_PROTOCOL_VERSION', 'remote error: tls: protocol version not supported', false],
  ['TLSV1_ALERT_INTERNAL_ERROR', 'remote error: tls: internal error', false],
])('%s', (name, why, refusesClient) => {
  expect(tlsFailure(alert(name))).toEqual({ why, refusesClient })
})

test('an error of another kind is none of TLS', () => {
  expect(tlsFailure(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeUndefined()
  expect(tlsFailure(undefined)).toBeUndefined()
})
