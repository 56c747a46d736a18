import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cliError, wrap } from '../errors/cli-error.ts'
import { pathError } from '../errors/os-error.ts'
import { quote } from '../go/quote.ts'
import { openAtomicFile } from '../streams/atomic-file.ts'
import { type ContextMeta, descriptionOf, encodeMeta } from './meta.ts'
import { contextId, isNotFound, listFolder, listTls, readContext, readMeta, readTls } from './contexts.ts'
import { DEFAULT_CONTEXT, defaultEndpoint, type EndpointInput } from '../connection/endpoint.ts'

/** Files by name, by endpoint. */
export type TlsMaterial = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>

/** All contexts of a configuration folder, and the one called `default`, which flags and the environment make. */
export class ContextStore {
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
        if (isNotFound(error)) continue
        throw wrap(error, 'failed to read metadata')
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

  /** The names of a context's TLS files, by endpoint. */
  tlsFiles(name: string): Record<string, string[]> {
    if (name !== DEFAULT_CONTEXT) return listTls(this.input.configDir, name)
    const material = Object.entries(this.defaultTls())
    return Object.fromEntries(material.map(([endpoint, files]) => [endpoint, Object.keys(files)]))
  }

  /** The TLS material of a context, by endpoint. */
  tls(name: string): TlsMaterial {
    if (name === DEFAULT_CONTEXT) return this.defaultTls()
    const { configDir } = this.input
    const read = (endpoint: string, files: readonly string[]) =>
      Object.fromEntries(files.map((file) => [file, readTls(configDir, name, endpoint, file)]))
    const listed = Object.entries(listTls(configDir, name))
    return Object.fromEntries(listed.map(([endpoint, files]) => [endpoint, read(endpoint, files)]))
  }

  /** As `save`, for a new context: of several that make one of the same name at once, all but one get an error. */
  create(meta: ContextMeta): void {
    if (meta.Name === DEFAULT_CONTEXT) throw cliError('default context cannot be created nor updated')
    const folder = this.storage(meta.Name).MetadataPath
    makeFolder(folder, 0o755)
    const file = join(folder, 'meta.json')
    const own = `${file}${randomBytes(5).toString('hex')}`
    write(own, Buffer.from(encodeMeta(meta)), 0o644)
    try {
      linkSync(own, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(meta.Name)
      // Not every file system has links.
      renameSync(own, file)
    } finally {
      rmSync(own, { force: true })
    }
  }

  /** Writes a context's metadata; its file appears whole or not at all. */
  save(meta: ContextMeta): void {
    if (meta.Name === DEFAULT_CONTEXT) throw cliError('default context cannot be created nor updated')
    const folder = this.storage(meta.Name).MetadataPath
    makeFolder(folder, 0o755)
    write(join(folder, 'meta.json'), Buffer.from(encodeMeta(meta)), 0o644)
  }

  /** Puts `material` in place of what there was, for the endpoints named in `only` or for all of them. */
  saveTls(name: string, material: TlsMaterial, only?: readonly string[]): void {
    const folder = this.storage(name).TLSPath
    for (const endpoint of only ?? []) {
      removeTree(join(folder, endpoint), `failed to remove TLS data for endpoint ${endpoint}`)
    }
    if (only === undefined) removeTree(folder, 'failed to remove TLS data')
    for (const [endpoint, files] of Object.entries(material)) {
      for (const [file, content] of Object.entries(files)) {
        const inner = join(folder, endpoint)
        makeFolder(this.root, 0o755)
        makeFolder(inner, 0o700)
        write(join(inner, file), content, 0o600)
      }
    }
  }

  /** Removes a context; one that is not there is no error. */
  remove(name: string): void {
    if (name === DEFAULT_CONTEXT) throw cliError('default context cannot be removed')
    const { MetadataPath, TLSPath } = this.storage(name)
    removeTree(MetadataPath, `failed to remove context ${name}: failed to remove metadata`)
    removeTree(TLSPath, `failed to remove context ${name}: failed to remove TLS data`)
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

/** The description of a context; the one that flags and the environment make describes itself. */
export function description(meta: ContextMeta): string {
  return meta.Name === DEFAULT_CONTEXT ? 'Current DOCKER_HOST based configuration' : descriptionOf(meta)
}

/** Throws for a name that no context may have. */
export function checkContextName(name: string): void {
  if (name === '') throw cliError('context name cannot be empty')
  if (name === DEFAULT_CONTEXT) throw cliError('"default" is a reserved context name')
  const rule = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$'
  if (new RegExp(rule).test(name) && !name.includes('\n')) return
  throw cliError(`context name ${quote(name)} is invalid, names are validated against regexp ${quote(rule)}`)
}

/** Throws for a name that no new context may have: a bad one, or one that is taken. */
export function checkNewContextName(store: ContextStore, name: string): void {
  checkContextName(name)
  try {
    store.get(name)
  } catch (error) {
    if (isNotFound(error)) return
    throw wrap(error, 'error while getting existing contexts')
  }
  throw taken(name)
}

function taken(name: string): Error {
  return cliError(`context ${quote(name)} already exists`)
}

/** Folders with a meta.json, at any depth. */
function metaFolders(root: string): string[] {
  const folders = listFolder(root).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name }) => {
    const folder = join(root, name)
    return [...(hasMeta(folder) ? [folder] : []), ...metaFolders(folder)]
  })
}

function hasMeta(folder: string): boolean {
  try {
    return !statSync(join(folder, 'meta.json')).isDirectory()
  } catch {
    return false
  }
}

function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode })
  } catch (error) {
    throw pathError('mkdir', (error as NodeJS.ErrnoException).path ?? folder, error)
  }
}

function removeTree(folder: string, problem: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    const failed = pathError('unlinkat', (error as NodeJS.ErrnoException).path ?? folder, error)
    throw cliError(`${problem}: ${failed.message}`)
  }
}

function write(path: string, content: Uint8Array, mode: number): void {
  const file = openAtomicFile(path, '.', mode)
  try {
    file.write(content)
    file.commit()
  } finally {
    file.discard()
  }
}
