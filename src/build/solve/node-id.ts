import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * What tells this machine from others that build folders of the same name, kept where buildx keeps it; empty where nothing can be
 * kept, as where the user has no configuration (buildx util/confutil TryNodeIdentifier).
 */
export function nodeId(configDir: string, env: Readonly<Record<string, string | undefined>>): string {
  const folder = env.BUILDX_CONFIG || path.join(configDir, 'buildx')
  const file = path.join(folder, '.buildNodeID')
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return make(folder, file)
  }
}

function make(folder: string, file: string): string {
  const id = randomBytes(8).toString('hex')
  try {
    if (!fs.existsSync(folder)) fs.mkdirSync(folder, { mode: 0o700 })
    fs.writeFileSync(file, id, { mode: 0o600, flag: 'wx' })
    return id
  } catch {
    return ''
  }
}
