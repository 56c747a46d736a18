import { readFileSync } from 'node:fs'
import { checkKeyPair, hasCertificate } from './key-pair.ts'
import type { TlsChoice } from './tls.ts'

/** What a TLS socket takes, checked as the reference checks it (docker/cli cli/context/docker/load.go `tlsConfig`). */
export interface TlsSocketOptions {
  ca?: Buffer | string[]
  cert?: Buffer
  key?: Buffer
  rejectUnauthorized: boolean
  minVersion: 'TLSv1.2'
}

/** Turns certificates into socket options; throws for a CA or a key that cannot be what it should. */
export function tlsSocketOptions({ skipVerify, data }: TlsChoice): TlsSocketOptions {
  const options: TlsSocketOptions = { rejectUnauthorized: !skipVerify, minVersion: 'TLSv1.2' }
  if (data.ca !== undefined) {
    if (!hasCertificate(data.ca)) throw new Error('failed to retrieve context tls info: ca.pem seems invalid')
    options.ca = data.ca
  } else if (!skipVerify) {
    const roots = systemRoots()
    if (roots !== undefined) options.ca = [roots]
  }
  if (data.key !== undefined && data.cert !== undefined) {
    checkKeyPair(data.cert.toString('latin1'), data.key.toString('latin1'))
    options.cert = data.cert
    options.key = data.key
  }
  return options
}

/** The machine's own roots, where Go looks for them; without any of these files, those that Node brings. */
export function systemRoots(): string | undefined {
  for (const file of SYSTEM_ROOTS) {
    try {
      return readFileSync(file, 'latin1')
    } catch {
      continue
    }
  }
  return undefined
}

const SYSTEM_ROOTS = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]
