import { readdirSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'

export const prefix = 'docker-'

/**
 * Where plugins may be, the strongest folder first (docker/cli cli-plugins/manager getPluginDirs). Never a relative folder, which
 * would run whatever lies where one happens to be.
 */
export async function pluginFolders({ config, configDir, platform, env }: Context): Promise<string[]> {
  const { data } = await config()
  const own = [...(data.cliPluginsExtraDirs ?? []), join(configDir, 'cli-plugins')]
  return [...own, ...systemFolders(platform, env)].filter((folder) => isAbsolute(folder))
}

/** The files that may be plugins, by plugin name: the one that counts first, then those it hides. */
export async function pluginCandidates(context: Context): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const folder of await pluginFolders(context)) {
    for (const file of filesIn(folder)) {
      const name = pluginName(file, context.platform)
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), join(folder, file)])
    }
  }
  return found
}

/** The file of the plugin called `name`; undefined where there is none. */
export async function pluginPath(context: Context, name: string): Promise<string | undefined> {
  if (!isPluginName(name)) return undefined
  const file = `${prefix}${name}${context.platform === 'win32' ? '.exe' : ''}`
  const paths = (await pluginFolders(context)).map((folder) => join(folder, file))
  return paths.find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
}

/** Whether a plugin may have this name. */
export function isPluginName(name: string): boolean {
  return /^[a-z][a-z0-9]*$/.test(name)
}

function pluginName(file: string, platform: NodeJS.Platform): string | undefined {
  if (!file.startsWith(prefix)) return undefined
  const name = file.slice(prefix.length)
  if (platform !== 'win32') return name
  return name.toLowerCase().endsWith('.exe') ? name.slice(0, -4) : undefined
}

/** Regular files and links that lead somewhere; a folder that cannot be listed has none. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && leadsSomewhere(join(folder, entry.name))))
      .map((entry) => entry.name)
      .toSorted()
  } catch {
    return []
  }
}

function leadsSomewhere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A circle of links, say: the attempt to run it will tell.
    return true
  }
}

function systemFolders(platform: NodeJS.Platform, { ProgramData, ProgramFiles }: Context['env']): string[] {
  if (platform === 'win32') {
    return [ProgramData, ProgramFiles]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, 'Docker', 'cli-plugins'))
  }
  return ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(
    (folder) => `${folder}/docker/cli-plugins`,
  )
}
