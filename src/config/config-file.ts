import fs from 'node:fs'
import path from 'node:path'
import { failure } from '../cli/errors.ts'

/** A registry's credentials as config.json keeps them. */
export interface StoredAuth {
  auth?: string
  username?: string
  password?: string
  email?: string
  serveraddress?: string
  identitytoken?: string
  registrytoken?: string
}

/** The keys of config.json that this client reads; others are kept as they are. */
export interface ConfigData {
  auths?: Record<string, StoredAuth>
  credsStore?: string
  credHelpers?: Record<string, string>
  HttpHeaders?: Record<string, string>
  psFormat?: string
  imagesFormat?: string
  networksFormat?: string
  pluginsFormat?: string
  volumesFormat?: string
  statsFormat?: string
  serviceInspectFormat?: string
  servicesFormat?: string
  tasksFormat?: string
  secretFormat?: string
  configFormat?: string
  nodesFormat?: string
  detachKeys?: string
  pruneFilters?: string[]
  proxies?: Record<
    string,
    { httpProxy?: string; httpsProxy?: string; noProxy?: string; ftpProxy?: string; allProxy?: string }
  >
  currentContext?: string
  cliPluginsExtraDirs?: string[]
  plugins?: Record<string, Record<string, string>>
  aliases?: Record<string, string>
  features?: Record<string, string>
}

/** config.json, read: its data, where it is, and whether it was there. */
export interface ConfigFile {
  readonly filename: string
  readonly data: ConfigData
  readonly exists: boolean
}

/** Reads config.json of folder `dir`; a missing file gives no data, a malformed one throws with its position. */
export function loadConfig(dir: string): ConfigFile {
  const filename = path.join(dir, 'config.json')
  let text: string
  try {
    text = fs.readFileSync(filename, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { filename, data: {}, exists: false }
    throw failure(`loading config file: ${(error as Error).message}`)
  }
  if (text.trim() === '') return { filename, data: {}, exists: true }
  try {
    return { filename, data: JSON.parse(text) as ConfigData, exists: true }
  } catch (error) {
    throw failure(`loading config file: ${filename}: ${(error as Error).message}`)
  }
}
