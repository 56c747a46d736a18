import { checkKeyPair, hasCertificate } from './key-pair.ts'
import { systemRoots } from './system-roots.ts'
import type { TlsChoice } from './tls.ts'

/** What a TLS socket takes, checked as the reference checks it (docker/cli cli/context/docker/load.go `tlsConfig`). */
export interface TlsSocketOptions {
  ca?: Buffer | string[]
  cert?: Buffer
  key?: Buffer
  rejectUnauthorized: boolean
  minVersion: 'TLSv1.2'
}

/**
 * Turns certificates into socket options; without a CA, the machine's authorities are those of `env`. Throws for a CA or a key that
 * cannot be what it should.
 */
export function tlsSocketOptions(
  { skipVerify, data }: TlsChoice,
  env: Readonly<Record<string, string | undefined>>,
): TlsSocketOptions {
  const options: TlsSocketOptions = { rejectUnauthorized: !skipVerify, minVersion: 'TLSv1.2' }
  if (data.ca !== undefined) {
    if (!hasCertificate(data.ca)) throw new Error('failed to retrieve context tls info: ca.pem seems invalid')
    options.ca = data.ca
  } else if (!skipVerify) {
    const roots = systemRoots(env)
    if (roots !== undefined) options.ca = roots
  }
  if (data.key !== undefined && data.cert !== undefined) {
    checkKeyPair(data.cert.toString('latin1'), data.key.toString('latin1'))
    options.cert = data.cert
    options.key = data.key
  }
  return options
}
