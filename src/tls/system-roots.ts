import { readdirSync, readFileSync, readlinkSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { openError } from './tls.ts'

/**
 * The certificates of the machine's own authorities, as PEM, where Go looks for them: in the first of the usual files that is there,
 * or in SSL_CERT_FILE, and in all files of the usual folders, or of those of SSL_CERT_DIR. Undefined where neither variable is set and
 * there are none, for Node to use those that it brings; throws where what was named cannot be read (crypto/x509 root_unix.go).
 */
export function systemRoots(env: Readonly<Record<string, string | undefined>>): string[] | undefined {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: folders } = env
  const found = new Set<string>()
  let problem: string | undefined
  const attempt = (name: string, read: () => void): boolean => {
    try {
      read()
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problem ??= openError(name, error)
      return false
    }
  }
  const add = (name: string): boolean =>
    attempt(name, () => {
      for (const certificate of readFileSync(name, 'latin1').match(CERTIFICATES) ?? []) found.add(certificate)
    })
  ;(file ? [file] : FILES).some(add)
  // The usual file holds what the usual folders do, whose hundreds of files take as long to read as a handshake.
  if (found.size > 0 && !file && !folders) return [...found]
  for (const folder of folders ? folders.split(':') : FOLDERS) {
    attempt(folder, () => namesIn(folder).forEach((name) => add(join(folder, name))))
  }
  if (found.size > 0) return [...found]
  if (!file && !folders) return undefined
  if (problem === undefined) return []
  throw new Error(`x509: failed to load system roots and no roots provided; ${problem}`)
}

/** What a folder holds but for other names of its own files, as links by hash are. */
function namesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory() && !isAlias(folder, entry)).map(({ name }) => name)
}

function isAlias(folder: string, entry: Dirent): boolean {
  return entry.isSymbolicLink() && !readlinkSync(join(folder, entry.name)).includes('/')
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

const FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs']
