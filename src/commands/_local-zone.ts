import fs from 'node:fs'
import path from 'node:path'
import type { Context } from '../context.ts'
import { parseZone, utc, type Zone } from '../go/zone.ts'

const folders = ['/usr/share/zoneinfo', '/usr/share/lib/zoneinfo', '/usr/lib/locale/TZ', '/etc/zoneinfo']

/**
 * The zone in which local times are shown: TZ's, else the system's, else UTC (Go time.initLocal). Its file is read when
 * the first time is shown.
 */
export function localZone({ env }: Pick<Context, 'env'>): Zone {
  let zone: Zone | undefined
  return (seconds) => (zone ??= load(env.TZ))(seconds)
}

function load(name: string | undefined): Zone {
  for (const file of zoneFiles(name)) {
    try {
      const zone = parseZone(fs.readFileSync(file))
      if (zone !== undefined) return zone
    } catch {
      // The next place may have it.
    }
  }
  return utc
}

function zoneFiles(name: string | undefined): string[] {
  if (name === undefined) return ['/etc/localtime']
  const bare = name.replace(/^:/, '')
  if (bare === '' || bare === 'UTC') return []
  if (path.isAbsolute(bare)) return [bare]
  return bare.split('/').includes('..') ? [] : folders.map((folder) => path.join(folder, bare))
}
