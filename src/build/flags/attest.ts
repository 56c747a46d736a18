import { dictionary } from '../../go/dictionary.ts'
import { parseBool } from '../../go/bool.ts'
import { wrap } from '../../errors/cli-error.ts'
import { formatPairs, parsePairs } from './fields.ts'

/**
 * Takes `--attest`, `--provenance` and `--sbom` and gives what the frontend is told of each type, undefined for one that is
 * switched off; the first of a type counts (buildx buildflags ParseAttests, ToMap).
 */
export function parseAttests(
  attest: readonly string[],
  { provenance = '', sbom = '' }: { provenance?: string | undefined; sbom?: string | undefined },
): ReadonlyMap<string, string | undefined> {
  const texts = [...attest, ...shorthand('provenance', provenance), ...shorthand('sbom', sbom)]
  const found = new Map<string, string | undefined>()
  for (const { type, disabled, attributes } of texts.map(parseAttest)) {
    if (!found.has(type)) found.set(type, disabled ? undefined : formatPairs([['type', type]], attributes))
  }
  return found
}

/** `--provenance=false`, `--provenance=mode=max`: what `--attest` would be given. */
function shorthand(type: string, text: string): string[] {
  if (text === '') return []
  const enabled = booleanOf(text)
  return [`type=${type},${enabled === undefined ? text : `disabled=${!enabled}`}`]
}

function parseAttest(text: string): { type: string; disabled: boolean; attributes: Record<string, string> } {
  const attributes = dictionary<string>()
  let [type, disabled] = ['', false]
  for (const [key, value] of parsePairs(text)) {
    const name = key.toLowerCase().trim()
    if (name === 'type') type = value
    else if (name === 'disabled') disabled = readDisabled(key, value)
    else attributes[key] = value
  }
  if (type === '') throw new Error('attestation type not specified')
  return { type, disabled, attributes }
}

function readDisabled(key: string, value: string): boolean {
  try {
    return parseBool(value)
  } catch (error) {
    throw wrap(error, `invalid value ${key}=${value}`)
  }
}

function booleanOf(text: string): boolean | undefined {
  try {
    return parseBool(text)
  } catch {
    return undefined
  }
}
