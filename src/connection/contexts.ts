import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../cli/errors.ts'
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

/** A context as its file has it; endpoints and further keys of other programs are kept. */
export interface ContextMeta {
  readonly Name: string
  /** `Description` and whatever else was put there. */
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly Endpoints: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The folder's name for a context in the store. */
export function contextId(name: string): string {
  return createHash('sha256').update(name).digest('hex')
}

/** The contexts below a configuration folder (docker/cli cli/context/store). */
export function contextStore(configDir: string): ContextStore {
  return {
    docker(name) {
      const { Host = '', SkipTLSVerify } = dockerEndpoint(readContext(configDir, name))
      const tls = readTls(configDir, name)
      return {
        host: String(Host),
        skipTlsVerify: SkipTLSVerify === true,
        ...(tls === undefined ? {} : { tls }),
      }
    },
  }
}

/** A context by its name. Throws, with code `context/not-found` where there is none. */
export function readContext(configDir: string, name: string): ContextMeta {
  try {
    return readMeta(join(configDir, 'contexts', 'meta', contextId(name), 'meta.json'))
  } catch (error) {
    const { code, message } = error as CliError
    throw new CliError(`context ${quote(name)}: ${message}`, { code, cause: error })
  }
}

/** A context by its file. */
export function readMeta(file: string): ContextMeta {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const message = `${absent ? 'context not found: ' : ''}${openError(file, error)}`
    throw new CliError(message, { code: absent ? 'context/not-found' : 'context/unreadable', cause: error })
  }
  try {
    return decodeMeta(JSON.parse(text))
  } catch (error) {
    const message = `parsing ${file}: ${(error as Error).message}`
    throw new CliError(message, { code: 'context/unreadable', cause: error })
  }
}

/** The Docker endpoint of a context; throws where it has none. */
export function dockerEndpoint({ Endpoints }: ContextMeta): { Host?: string; SkipTLSVerify?: boolean } {
  if (Endpoints['docker'] === undefined) throw new Error('cannot find docker endpoint in context')
  return Endpoints['docker']
}

/** Names in any case, as Go reads them; throws in Go's words for values of another type. */
export function decodeMeta(value: unknown): ContextMeta {
  if (!isObject(value)) throw mismatch(value, 'Go value of type store.untypedContextMetadata')
  const { name = '', metadata, endpoints = {} } = foldKeys(value, ['name', 'metadata', 'endpoints'])
  if (typeof name !== 'string') throw mismatch(name, 'Go struct field untypedContextMetadata.name of type string')
  if (!isObject(endpoints)) {
    throw mismatch(endpoints, 'Go struct field untypedContextMetadata.endpoints of type map[string]json.RawMessage')
  }
  if (metadata !== undefined && !isObject(metadata))
    throw mismatch(metadata, 'Go value of type map[string]interface {}')
  const description = metadata?.['Description']
  if (description !== undefined && typeof description !== 'string') {
    throw mismatch(description, 'Go struct field DockerContext.Description of type string')
  }
  const decoded = Object.entries(endpoints)
    .filter(([, endpoint]) => endpoint !== null)
    .map(([key, endpoint]) => [key, key === 'docker' ? decodeDocker(endpoint) : endpoint] as const)
  return {
    Name: name,
    ...(metadata === undefined ? {} : { Metadata: metadata }),
    Endpoints: Object.fromEntries(decoded) as ContextMeta['Endpoints'],
  }
}

function decodeDocker(value: unknown): { Host?: string; SkipTLSVerify: boolean } {
  if (!isObject(value)) throw mismatch(value, 'Go value of type context.EndpointMetaBase')
  const { host = '', skiptlsverify = false } = foldKeys(value, ['host', 'skiptlsverify'])
  if (typeof host !== 'string') throw mismatch(host, 'Go struct field EndpointMetaBase.Host of type string')
  if (typeof skiptlsverify !== 'boolean') {
    throw mismatch(skiptlsverify, 'Go struct field EndpointMetaBase.SkipTLSVerify of type bool')
  }
  return { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: skiptlsverify }
}

function foldKeys(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const found = Object.entries(value).map(([key, item]) => [key.toLowerCase(), item] as const)
  return Object.fromEntries(found.filter(([key, item]) => names.includes(key) && item !== null))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatch(value: unknown, target: string): Error {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  return new Error(`json: cannot unmarshal ${kind} into ${target}`)
}

function readTls(configDir: string, name: string): TlsData | undefined {
  const folder = join(configDir, 'contexts', 'tls', contextId(name), 'docker')
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
