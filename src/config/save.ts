import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { cliError, wrap } from '../errors/cli-error.ts'
import { osReason } from '../errors/os-error.ts'
import { encodeAuth } from './auth.ts'
import { type ConfigFile, parseConfig } from './config-file.ts'
import type { AuthConfig, ConfigData } from './data.ts'
import { decodeConfig, knownKey, knownKeys } from './decode.ts'
import { withLock } from '../streams/lock.ts'
import { dictionary } from '../go/dictionary.ts'
import { toJson } from '../go/json-data.ts'
import { fromFolder } from '../go/path.ts'

/** What is to change in config.json: keys with their new value (undefined takes a key out), credentials by server. */
export interface ConfigChange extends Omit<Partial<{ [K in keyof ConfigData]: ConfigData[K] | undefined }>, 'auths'> {
  readonly auths?: Readonly<Record<string, AuthConfig | undefined>>
}

/**
 * Changes config.json and `config` with it. The file is read anew, so what another program wrote meanwhile stays, as do
 * keys we do not know and the order. Throws, and leaves the file alone, when it is malformed or cannot be written.
 */
export async function changeConfig(config: ConfigFile, change: ConfigChange): Promise<void> {
  const target = finalTarget(config.filename)
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
  await withLock(target, () => changeFile(config, target, change))
}

async function changeFile(config: ConfigFile, target: string, change: ConfigChange): Promise<void> {
  const document = await readDocument(target)
  const { auths: authChanges = {}, ...keys } = change
  for (const [server, auth] of Object.entries(authChanges)) {
    const auths = (config.data.auths ??= dictionary())
    if (auth === undefined) delete auths[server]
    else auths[server] = auth
  }
  Object.assign(config.data, keys)
  const text = toJson(changed(document, keys, authChanges), { indent: '\t' })
  sweep(target)
  replaceFile(target, text)
}

type Document = Record<string, unknown>

async function readDocument(filename: string): Promise<Document> {
  let text: string
  try {
    text = fs.readFileSync(filename, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw cliError(`loading config file: open ${filename}: ${osReason(error)}`)
  }
  let document: unknown
  try {
    document = (await parseConfig(text)) ?? {}
    if (typeof document !== 'object' || Array.isArray(document)) decodeConfig(document, {})
  } catch (error) {
    throw wrap(error, `not overwriting a malformed config file (${filename})`)
  }
  return document as Document
}

/** The document with the changes made; known keys that hold nothing are left out, `auths` is always there. */
function changed(document: Document, keys: Document, authChanges: Readonly<Record<string, unknown>>): Document {
  const result: Document = knownKeyOf(document, 'auths') === undefined ? { auths: {}, ...document } : { ...document }
  for (const [key, value] of Object.entries(keys)) result[knownKeyOf(result, key) ?? key] = value
  const authsKey = knownKeyOf(result, 'auths') ?? 'auths'
  result[authsKey] = changedAuths(objectOr(result[authsKey]) as Record<string, Document>, authChanges)
  for (const [key, value] of Object.entries(result)) {
    if (knownKey(key) === 'HttpHeaders' && isObject(value)) result[key] = withoutUserAgent(value)
    const known = knownKey(key)
    if (known !== undefined && known !== 'auths' && isEmpty(result[key])) delete result[key]
  }
  return result
}

/** The key by which the document holds `name`, whatever its case. */
function knownKeyOf(document: Document, name: string): string | undefined {
  return knownKeys.includes(name) ? Object.keys(document).find((key) => knownKey(key) === name) : undefined
}

function changedAuths(auths: Record<string, Document>, changes: Readonly<Record<string, unknown>>): Document {
  const result: Document = dictionary()
  for (const [server, entry] of Object.entries(auths)) result[server] = isObject(entry) ? storedAuth(entry) : entry
  for (const [server, auth] of Object.entries(changes)) {
    if (auth === undefined) delete result[server]
    else result[server] = { ...kept(objectOr(auths[server])), ...storedAuth(auth as Document) }
  }
  return result
}

const authKeys = ['auth', 'username', 'password', 'serveraddress', 'identitytoken', 'registrytoken']

function kept(entry: Document): Document {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !authKeys.includes(key.toLowerCase())))
}

/** Credentials as the file holds them: user and password in base64, tokens as they are (configfile SaveToWriter). */
function storedAuth(entry: AuthConfig & Document): Document {
  const auth = entry.username || entry.password ? encodeAuth(entry) : (entry.auth ?? '')
  const { identitytoken, registrytoken } = entry
  const fields = { auth, identitytoken, registrytoken }
  return { ...kept(entry), ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) }
}

function withoutUserAgent(headers: Document): Document {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent'))
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectOr(value: unknown): Document {
  return isObject(value) ? value : {}
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Where a file's symbolic links end, whether or not there is something. */
function finalTarget(filename: string): string {
  let target = filename
  for (let links = 0; links < 40; links++) {
    if (!fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target
    target = fromFolder(path.dirname(target), fs.readlinkSync(target))
  }
  throw cliError(`too many links: ${filename}`)
}

/** Removes what programs that were killed have left beside the file: credentials may be in it. */
function sweep(target: string): void {
  const folder = path.dirname(target)
  const names = fs.readdirSync(folder).filter((name) => name.startsWith(path.basename(target)))
  for (const name of names.filter((each) => /^[\da-f]{10}$/.test(each.slice(path.basename(target).length)))) {
    const file = path.join(folder, name)
    const stat = fs.lstatSync(file, { throwIfNoEntry: false })
    if (stat !== undefined && Date.now() - stat.mtimeMs > 60_000) fs.rmSync(file, { force: true })
  }
}

/** Writes beside the file and renames, so that a reader finds the old text or the new; mode and owner of the old one stay. */
function replaceFile(target: string, text: string): void {
  const temporary = `${target}${randomBytes(5).toString('hex')}`
  const old = fs.statSync(target, { throwIfNoEntry: false })
  try {
    const fd = fs.openSync(temporary, 'wx', 0o600)
    try {
      fs.writeFileSync(fd, text)
      if (old?.isFile()) copyPermissions(fd, old)
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
    fs.renameSync(temporary, target)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

function copyPermissions(fd: number, old: fs.Stats): void {
  fs.fchmodSync(fd, old.mode & 0o777)
  try {
    fs.fchownSync(fd, old.uid, old.gid)
  } catch {
    // Another's file in a shared folder: it becomes ours, as with the reference.
  }
}
