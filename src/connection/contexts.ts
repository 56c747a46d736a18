import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quote } from '../parse/quote.ts'
import { openError, type TlsData } from './tls.ts'

/** A context's endpoint for the Docker API. */
export interface ContextEndpoint {
  /** Empty for the platform's default. */
  host: string
  skipTlsVerify: boolean
  tls?: TlsData
}

/** Where contexts are looked up by name. */
export interface ContextStore {
  /** Throws for a context that is not there, has no Docker endpoint or cannot be read. */
  docker(name: string): ContextEndpoint
}

/** The contexts below a configuration folder (docker/cli cli/context/store). */
export function contextStore(configDir: string): ContextStore {
  return {
    docker(name) {
      const id = createHash('sha256').update(name).digest('hex')
      const meta = readMeta(name, join(configDir, 'contexts', 'meta', id, 'meta.json'))
      const endpoint = meta.Endpoints?.['docker']
      if (endpoint === undefined) throw new Error('cannot find docker endpoint in context')
      const tls = readTls(name, join(configDir, 'contexts', 'tls', id, 'docker'))
      return {
        host: endpoint.Host ?? '',
        skipTlsVerify: endpoint.SkipTLSVerify === true,
        ...(tls === undefined ? {} : { tls }),
      }
    },
  }
}

interface Meta {
  Endpoints?: Record<string, { Host?: string; SkipTLSVerify?: boolean }>
}

function readMeta(name: string, file: string): Meta {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'context not found: ' : ''
    throw new Error(`context ${quote(name)}: ${found}${openError(file, error)}`, { cause: error })
  }
  try {
    return JSON.parse(text) as Meta
  } catch (error) {
    throw new Error(`context ${quote(name)}: parsing ${file}: ${(error as Error).message}`, { cause: error })
  }
}

function readTls(name: string, folder: string): TlsData | undefined {
  let files
  try {
    files = readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(
      `failed to retrieve TLS files for context ${quote(name)}: failed to list TLS files for endpoint docker: ${openError(folder, error)}`,
      { cause: error },
    )
  }
  const data: TlsData = {}
  for (const kind of ['ca', 'cert', 'key'] as const) {
    if (files.includes(`${kind}.pem`)) data[kind] = readFileSync(join(folder, `${kind}.pem`))
  }
  return data
}
