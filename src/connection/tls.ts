import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Certificates as PEM text, from files or a context. */
export interface TlsData {
  ca?: Buffer
  cert?: Buffer
  key?: Buffer
}

/** What TLS is to be used for the daemon: undefined means none. */
export interface TlsChoice {
  /** The server's certificate is not checked. */
  skipVerify: boolean
  data: TlsData
}

export interface TlsInput {
  readonly globals: {
    readonly tls?: boolean
    readonly tlsverify?: boolean
    readonly tlscacert?: string
    readonly tlscert?: string
    readonly tlskey?: string
  }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Whether TLS is asked for: by a flag, DOCKER_TLS or DOCKER_TLS_VERIFY (docker/cli cli/flags/options.go). */
export function wantsTls({ globals, env }: TlsInput): boolean {
  return (
    globals.tlsverify !== undefined || Boolean(env['DOCKER_TLS_VERIFY']) || (globals.tls ?? Boolean(env['DOCKER_TLS']))
  )
}

/**
 * Reads what the flags and the environment say of TLS. The CA must be there; a certificate and a key must when they
 * are named, and may lack at their default places. Throws with the file's name.
 */
export function loadTls(input: TlsInput): TlsChoice | undefined {
  if (!wantsTls(input)) return undefined
  const { globals, env, home } = input
  const folder = env['DOCKER_CERT_PATH'] || env['DOCKER_CONFIG'] || join(home, '.docker')
  const data: TlsData = {}
  const ca = globals.tlscacert ?? join(folder, 'ca.pem')
  if (ca !== '') data.ca = read(ca)
  const cert = globals.tlscert === undefined ? readIfThere(join(folder, 'cert.pem')) : read(globals.tlscert)
  if (cert !== undefined) data.cert = cert
  const key = globals.tlskey === undefined ? readIfThere(join(folder, 'key.pem')) : read(globals.tlskey)
  if (key !== undefined) data.key = key
  return { skipVerify: !(globals.tlsverify ?? Boolean(env['DOCKER_TLS_VERIFY'])), data }
}

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
    if (!/-----BEGIN CERTIFICATE-----/.test(data.ca.toString('latin1'))) {
      throw new Error('failed to retrieve context tls info: ca.pem seems invalid')
    }
    options.ca = data.ca
  } else if (!skipVerify) {
    const roots = systemRoots()
    if (roots !== undefined) options.ca = [roots]
  }
  if (data.key !== undefined && data.cert !== undefined) {
    const key = data.key.toString('latin1')
    if (!/-----BEGIN [A-Z ]+-----/.test(key)) throw new Error('no valid private key found')
    if (/^Proc-Type: 4,ENCRYPTED/m.test(key)) throw new Error(`private key is encrypted - ${ENCRYPTED}`)
    if (!/-----BEGIN CERTIFICATE-----/.test(data.cert.toString('latin1'))) {
      throw new Error(`failed to retrieve context tls info: tls: ${NO_CERTIFICATE}`)
    }
    options.cert = data.cert
    options.key = data.key
  }
  return options
}

const ENCRYPTED = 'support for encrypted private keys has been removed, see https://docs.docker.com/go/deprecated/'
const NO_CERTIFICATE = 'failed to find any PEM data in certificate input'

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

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(openError(file, error), { cause: error })
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(openError(file, error), { cause: error })
  }
}

/** A failed open in Go's words. */
export function openError(file: string, error: unknown): string {
  const failure = error as NodeJS.ErrnoException
  if (failure.code === 'EISDIR') return `read ${file}: is a directory`
  return `open ${file}: ${OPEN_ERRORS[failure.code ?? ''] ?? failure.message}`
}

const OPEN_ERRORS: Partial<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
}
