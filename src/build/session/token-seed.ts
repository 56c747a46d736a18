import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { dictionary } from '../../go/dictionary.ts'
import { openAtomicFile } from '../../streams/atomic-file.ts'

/**
 * The random bytes that stand for an account at a registry, kept in `.token_seed` of the configuration folder; where they cannot be
 * kept, they are new each time (BuildKit session/auth/authprovider tokenseed.go).
 */
export function tokenSeed(configDir: string, host: string): Uint8Array {
  const file = path.join(configDir, '.token_seed')
  const seeds = readSeeds(file)
  const kept = seeds[host]?.Seed
  if (typeof kept === 'string') return Buffer.from(kept, 'base64')
  const seed = randomBytes(16)
  seeds[host] = { Seed: seed.toString('base64') }
  try {
    fs.mkdirSync(configDir, { recursive: true })
    const out = openAtomicFile(file, '.')
    out.write(Buffer.from(JSON.stringify(seeds, Object.keys(seeds).toSorted().concat('Seed'), 2)))
    out.commit()
  } catch {
    // Read-only, or not ours.
  }
  return seed
}

function readSeeds(file: string): Record<string, { Seed?: unknown }> {
  try {
    return dictionary(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, { Seed?: unknown }>)
  } catch {
    return dictionary()
  }
}
