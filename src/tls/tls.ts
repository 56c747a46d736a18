import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromFolder } from '../go/path.ts'

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
 * are named, and may lack at their default places. Throws with the file's name. `pipes` has the content of named files that are pipes
 * (`readTlsPipes`).
 */
export function loadTls(input: TlsInput, pipes: ReadonlyMap<string, Buffer> = new Map()): TlsChoice | undefined {
  if (!wantsTls(input)) return undefined
  const { globals, env } = input
  const folder = env['DOCKER_CERT_PATH'] || env['DOCKER_CONFIG'] || join(input.home, '.docker')
  const data: TlsData = {}
  const read = (file: string): Buffer => pipes.get(file) ?? readPem(file)
  const ca = globals.tlscacert ?? join(folder, 'ca.pem')
  if (ca !== '') data.ca = read(ca)
  const cert = globals.tlscert === undefined ? readIfThere(join(folder, 'cert.pem')) : read(globals.tlscert)
  if (cert !== undefined) data.cert = cert
  const key = globals.tlskey === undefined ? readIfThere(join(folder, 'key.pem')) : read(globals.tlskey)
  if (key !== undefined) data.key = key
  return { skipVerify: !(globals.tlsverify ?? Boolean(env['DOCKER_TLS_VERIFY'])), data }
}

/** Reads those of the files that flags name which are pipes, as `/dev/fd/63` is, without holding up the program. */
export async function readTlsPipes(input: TlsInput, signal: AbortSignal): Promise<ReadonlyMap<string, Buffer>> {
  const { tlscacert, tlscert, tlskey } = input.globals
  const named = [tlscacert, tlscert, tlskey].filter((file) => file !== undefined)
  const pipes = new Map<string, Buffer>()
  if (named.length === 0 || !wantsTls(input)) return pipes
  const { isNamedPipe, readLocalFile } = await import('../streams/local-file.ts')
  for (const file of named.filter(isNamedPipe)) pipes.set(file, await readLocalFile(file, signal))
  return pipes
}

/** The bytes of a file, relative to `cwd` where that is given. Throws with Go's message. */
export function readPem(file: string, cwd = '.'): Buffer {
  try {
    return readFileSync(fromFolder(cwd, file))
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

/** A failed open with Go's message. */
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
