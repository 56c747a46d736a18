import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, wrap } from '../errors/cli-error.ts'
import { pathError } from '../errors/os-error.ts'
import { quote } from '../go/quote.ts'
import { type ContextMeta, decodeMeta } from './meta.ts'
import { dictionary } from '../go/dictionary.ts'

/** The folder's name for a context in the store. */
export function contextId(name: string): string {
  return createHash('sha256').update(name).digest('hex')
}

/** A stored context by its name (docker/cli cli/context/store). Throws, with code `context/not-found` where there is none. */
export function readContext(configDir: string, name: string): ContextMeta {
  try {
    return readMeta(join(configDir, 'contexts', 'meta', contextId(name), 'meta.json'))
  } catch (error) {
    throw wrapped(`context ${quote(name)}`, error)
  }
}

/** A context by its file. */
export function readMeta(file: string): ContextMeta {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw isMissing(error) ? wrapped('context not found', openError(file, error)) : openError(file, error)
  }
  try {
    return decodeMeta(text)
  } catch (error) {
    throw wrapped(`parsing ${file}`, error)
  }
}

/** The names of a stored context's TLS files, by endpoint. */
export function listTls(configDir: string, name: string): Record<string, string[]> {
  const folder = join(configDir, 'contexts', 'tls', contextId(name))
  const files = dictionary<string[]>()
  for (const endpoint of listFolder(folder, `failed to list TLS files for context ${name}`)) {
    if (!endpoint.isDirectory()) continue
    const found = listFolder(join(folder, endpoint.name), `failed to list TLS files for endpoint ${endpoint.name}`)
    files[endpoint.name] = found.filter((file) => !file.isDirectory()).map((file) => file.name)
  }
  return files
}

/** One of a stored context's TLS files. */
export function readTls(configDir: string, name: string, endpoint: string, file: string): Buffer {
  const path = join(configDir, 'contexts', 'tls', contextId(name), endpoint, file)
  try {
    return readFileSync(path)
  } catch (error) {
    throw wrapped(`failed to read TLS data for endpoint ${endpoint}`, openError(path, error))
  }
}

/** Whether what was thrown says that there is no such context. */
export function isNotFound(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === NOT_FOUND
}

/** What is in a folder, by name; nothing when there is none. Throws with `doing` before the system's messages. */
export function listFolder(folder: string, doing = '') {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (isMissing(error)) return []
    throw doing === '' ? openError(folder, error) : wrapped(doing, openError(folder, error))
  }
}

const NOT_FOUND = 'context/not-found'

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

function openError(path: string, error: unknown): Error {
  const opened = (error as NodeJS.ErrnoException).code === 'EISDIR'
  const failed = pathError(opened ? 'read' : 'open', path, error)
  return isMissing(error) ? new CliError(failed.message, { code: NOT_FOUND, cause: error }) : failed
}

function wrapped(what: string, error: unknown): CliError {
  const code = isNotFound(error) ? NOT_FOUND : 'context/unreadable'
  return wrap(error, what, { code })
}
