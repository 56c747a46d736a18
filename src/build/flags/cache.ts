import { isTrue } from '../../go/bool.ts'
import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'
import { parsePairs } from './fields.ts'

/** Where a cache comes from or goes to. */
export interface CacheEntry {
  readonly type: string
  readonly attributes: Record<string, string>
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Takes `--cache-from` or `--cache-to`, image references or `type=registry,ref=...`, and gives the entries, those of GitHub's
 * and Amazon's services completed from the environment; a GitHub cache of which nothing is known is left out
 * (buildx buildflags ParseCacheEntry, build CreateCaches).
 */
export function parseCaches(texts: readonly string[], env: Environment): CacheEntry[] {
  return texts
    .filter((text) => text !== '')
    .flatMap((text) => (text.includes('=') ? [parseEntry(text)] : parseCsv(text).map(registryEntry)))
    .map((entry) => complete(entry, env))
    .filter(isUsable)
}

function parseEntry(text: string): CacheEntry {
  const fields = parseCsv(text)
  if (fields.length === 1 && !fields[0]!.includes('=')) return registryEntry(fields[0]!)
  const { type = '', ...attributes } = Object.fromEntries(
    parsePairs(text).map(([key, value]) => [key.toLowerCase(), value]),
  )
  if (type === '') throw new Error(`type required for ${quote(text)}`)
  return { type, attributes }
}

function registryEntry(ref: string): CacheEntry {
  return { type: 'registry', attributes: { ref } }
}

function complete({ type, attributes }: CacheEntry, env: Environment): CacheEntry {
  const from = type === 'gha' ? gitHub(attributes, env) : type === 's3' ? amazon(attributes, env) : {}
  const known = Object.entries(from).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return { type, attributes: { ...Object.fromEntries(known), ...attributes } }
}

function gitHub({ version }: Record<string, string>, env: Environment): Record<string, string | undefined> {
  const isSecond = version === undefined ? isTrue(env.ACTIONS_CACHE_SERVICE_V2) : version === '2'
  return {
    token: env.ACTIONS_RUNTIME_TOKEN,
    url: env.ACTIONS_CACHE_URL ?? env.ACTIONS_RESULTS_URL,
    url_v2: isSecond ? env.ACTIONS_RESULTS_URL : undefined,
  }
}

/** The variables that Amazon's tools read; their files and services are not asked. */
function amazon(attributes: Record<string, string>, env: Environment): Record<string, string | undefined> {
  if ('access_key_id' in attributes && 'secret_access_key' in attributes) return {}
  return {
    access_key_id: env.AWS_ACCESS_KEY_ID || undefined,
    secret_access_key: env.AWS_SECRET_ACCESS_KEY || undefined,
    session_token: env.AWS_SESSION_TOKEN || undefined,
  }
}

function isUsable({ type, attributes: { token, url, url_v2: second } }: CacheEntry): boolean {
  return type !== 'gha' || Boolean(token && (url || second))
}
