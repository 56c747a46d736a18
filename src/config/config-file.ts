import fs from 'node:fs'
import path from 'node:path'
import { messageOf } from '../errors/cli-error.ts'
import { osReason } from '../errors/os-error.ts'
import { decodeAuth } from './auth.ts'
import type { ConfigData } from './data.ts'
import { decodeConfig } from './decode.ts'

/** config.json, read: its data, where it is, and whether it was there. */
export interface ConfigFile {
  readonly filename: string
  readonly data: ConfigData
  readonly exists: boolean
  /** Why the file could not be read, or not to its end; to be told, and no reason to stop. */
  readonly problem?: string
}

/** Reads config.json of folder `dir`. Never throws: an unreadable file is reported as its `problem`, since docker/cli continues too. */
export async function loadConfig(dir: string): Promise<ConfigFile> {
  const filename = path.join(dir, 'config.json')
  let text: string
  try {
    text = fs.readFileSync(filename, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { filename, data: {}, exists: false }
    return { filename, data: {}, exists: true, problem: `loading config file: open ${filename}: ${osReason(error)}` }
  }
  const data: ConfigData = {}
  try {
    decodeConfig(await parseConfig(text), data)
    await decodeAuths(data)
  } catch (error) {
    return { filename, data, exists: true, problem: `parsing config file (${filename}): ${messageOf(error)}` }
  }
  return { filename, data, exists: true }
}

/** The JSON of config.json's text, null for an empty file; what follows the first value does not count. Throws with Go's message. */
export async function parseConfig(text: string): Promise<unknown> {
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (text.trim() === '') return null
    const { firstValue } = await import('./malformed.ts')
    return firstValue(text)
  }
}

async function decodeAuths({ auths = {} }: ConfigData): Promise<void> {
  for (const [server, { auth = '', ...rest }] of Object.entries(auths)) {
    auths[server] = { ...rest, ...(auth === '' ? {} : await decodeAuth(auth)), serveraddress: server }
  }
}
