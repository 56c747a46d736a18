import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError, failure, messageOf } from '../cli/errors.ts'
import { quote } from '../parse/quote.ts'
import { openAtomicFile } from '../streams/atomic-file.ts'
import { type ContextMeta, contextId, readContext, readMeta } from './contexts.ts'
import { DEFAULT_CONTEXT, defaultEndpoint, type EndpointInput } from './endpoint.ts'
import { openError } from './tls.ts'

/** Files by name, by endpoint. */
export type TlsMaterial = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>

/** All contexts of a configuration folder, and the one called `default`, which flags and the environment make. */
export class Contexts {
  private readonly input: EndpointInput
  private readonly root: string

  constructor(input: EndpointInput) {
    this.input = input
    this.root = join(input.configDir, 'contexts')
  }

  /** A context by its name; throws with code `context/not-found` where there is none. */
  get(name: string): ContextMeta {
    return name === DEFAULT_CONTEXT ? this.defaultMeta() : readContext(this.input.configDir, name)
  }

  /** Every context, the default one last. */
  list(): ContextMeta[] {
    const stored: ContextMeta[] = []
    for (const folder of metaFolders(join(this.root, 'meta'))) {
      try {
        stored.push(readMeta(join(folder, 'meta.json')))
      } catch (error) {
        // Gone since it was listed.
        if ((error as CliError).code === 'context/not-found') continue
        throw failure(`failed to read metadata: ${messageOf(error)}`)
      }
    }
    return [...stored, this.defaultMeta()]
  }

  /** Where a context is kept. */
  storage(name: string): { MetadataPath: string; TLSPath: string } {
    if (name === DEFAULT_CONTEXT) return { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' }
    const id = contextId(name)
    return { MetadataPath: join(this.root, 'meta', id), TLSPath: join(this.root, 'tls', id) }
  }

  /** The TLS material of a context, by endpoint. */
  tls(name: string): TlsMaterial {
    if (name === DEFAULT_CONTEXT) return this.defaultTls()
    const folder = this.storage(name).TLSPath
    const endpoints = listed(folder, `failed to list TLS files for context ${name}`).filter((entry) =>
      entry.isDirectory(),
    )
    return Object.fromEntries(
      endpoints.map((endpoint) => {
        const inner = join(folder, endpoint.name)
        const files = listed(inner, `failed to list TLS files for endpoint ${endpoint.name}`)
        const material = files
          .filter((file) => !file.isDirectory())
          .map(({ name: file }) => [file, readFileSync(join(inner, file))])
        return [endpoint.name, Object.fromEntries(material) as Record<string, Uint8Array>]
      }),
    )
  }

  /** Writes a context's metadata; its file appears whole or not at all. */
  save(meta: ContextMeta): void {
    if (meta.Name === DEFAULT_CONTEXT) throw failure('default context cannot be created nor updated')
    const folder = this.storage(meta.Name).MetadataPath
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    write(join(folder, 'meta.json'), Buffer.from(marshalMeta(meta)), 0o644)
  }

  /** Puts `material` in place of what there was, for the endpoints named in `only` or for all of them. */
  saveTls(name: string, material: TlsMaterial, only?: readonly string[]): void {
    const folder = this.storage(name).TLSPath
    for (const path of only?.map((endpoint) => join(folder, endpoint)) ?? [folder]) {
      rmSync(path, { recursive: true, force: true })
    }
    for (const [endpoint, files] of Object.entries(material)) {
      for (const [file, content] of Object.entries(files)) {
        const inner = join(folder, endpoint)
        mkdirSync(dirname(dirname(folder)), { recursive: true, mode: 0o755 })
        mkdirSync(inner, { recursive: true, mode: 0o700 })
        write(join(inner, file), content, 0o600)
      }
    }
  }

  /** Removes a context; one that is not there is no error. */
  remove(name: string): void {
    if (name === DEFAULT_CONTEXT) throw failure('default context cannot be removed')
    const { MetadataPath, TLSPath } = this.storage(name)
    rmSync(MetadataPath, { recursive: true, force: true })
    rmSync(TLSPath, { recursive: true, force: true })
  }

  /** Whether there is something under the context's name. */
  has(name: string): boolean {
    return statSync(this.storage(name).MetadataPath, { throwIfNoEntry: false }) !== undefined
  }

  private defaultMeta(): ContextMeta {
    const { host, tls } = defaultEndpoint(this.input)
    return {
      Name: DEFAULT_CONTEXT,
      Metadata: {},
      Endpoints: { docker: { Host: host, SkipTLSVerify: tls?.skipVerify === true } },
    }
  }

  private defaultTls(): TlsMaterial {
    const { tls } = defaultEndpoint(this.input)
    if (tls === undefined) return {}
    const files = Object.entries(tls.data).map(([kind, content]) => [`${kind}.pem`, content])
    return files.length === 0 ? {} : { docker: Object.fromEntries(files) as Record<string, Uint8Array> }
  }
}

/** A context's JSON as the store and archives hold it: keys sorted, as Go writes maps. */
export function marshalMeta({ Name, Metadata, Endpoints }: ContextMeta): string {
  const present = {
    ...(Name === '' ? {} : { Name }),
    ...(Metadata === undefined ? {} : { Metadata: sorted(Metadata) }),
    ...(Object.keys(Endpoints).length === 0 ? {} : { Endpoints: sortedEndpoints(Endpoints) }),
  }
  return goJson(present)
}

/** What people are told of a context; the one that flags and the environment make describes itself. */
export function description({ Name, Metadata }: ContextMeta): string {
  if (Name === DEFAULT_CONTEXT) return 'Current DOCKER_HOST based configuration'
  return typeof Metadata?.['Description'] === 'string' ? Metadata['Description'] : ''
}

/** Throws for a name that no context may have. */
export function checkContextName(name: string): void {
  if (name === '') throw failure('context name cannot be empty')
  if (name === DEFAULT_CONTEXT) throw failure('"default" is a reserved context name')
  const rule = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$'
  if (new RegExp(rule).test(name) && !name.includes('\n')) return
  throw failure(`context name ${quote(name)} is invalid, names are validated against regexp ${quote(rule)}`)
}

/** Throws for a name that no new context may have: a bad one, or one that is taken. */
export function checkNewContextName(contexts: Contexts, name: string): void {
  checkContextName(name)
  try {
    contexts.get(name)
  } catch (error) {
    if ((error as CliError).code === 'context/not-found') return
    throw failure(`error while getting existing contexts: ${messageOf(error)}`)
  }
  throw failure(`context ${quote(name)} already exists`)
}

function sortedEndpoints(endpoints: ContextMeta['Endpoints']): Record<string, unknown> {
  const all = Object.entries(endpoints).map(([name, endpoint]) => [
    name,
    name === 'docker' ? endpoint : sorted(endpoint),
  ])
  return sortKeys(Object.fromEntries(all) as Record<string, unknown>)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return sortKeys(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)])))
}

function sortKeys(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
  )
}

function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Folders with a meta.json, at any depth. */
function metaFolders(root: string): string[] {
  const found: string[] = []
  for (const entry of listed(root, '')) {
    if (!entry.isDirectory()) continue
    const folder = join(root, entry.name)
    const file = statSync(join(folder, 'meta.json'), { throwIfNoEntry: false })
    if (file !== undefined && !file.isDirectory()) found.push(folder)
    found.push(...metaFolders(folder))
  }
  return found
}

function listed(folder: string, doing: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw failure(`${doing === '' ? '' : `${doing}: `}${openError(folder, error)}`)
  }
}

function write(path: string, content: Uint8Array, mode: number): void {
  const file = openAtomicFile(path, '/', mode)
  try {
    file.write(content)
    file.commit()
    chmodSync(path, mode)
  } finally {
    file.discard()
  }
}
