import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'
import { cut } from '../../parse/cut.ts'

/** What a build is allowed beyond the usual. */
export interface Entitlements {
  /** What the daemon is told. */
  readonly granted: string[]
  /** A local output may delete what it did not write, outside the working folder as well. */
  readonly mayDelete: boolean
}

/** Takes `--allow` (buildx buildflags ParseEntitlements, buildkit util/entitlements Parse). */
export function parseEntitlements(texts: readonly string[]): Entitlements {
  const given = texts.filter((text) => text !== '')
  const granted = given.filter((text) => cut(text, '=').before !== LOCAL_DELETE)
  if (given.some((text) => text.startsWith(`${LOCAL_DELETE}=`))) {
    throw new Error(`${LOCAL_DELETE} does not accept a value`)
  }
  granted.forEach(checkEntitlement)
  return { granted, mayDelete: given.includes(LOCAL_DELETE) }
}

export const LOCAL_DELETE = 'buildx.local.delete'

function checkEntitlement(text: string): void {
  const { before: name, after: value } = cut(text, '=')
  const known = name === 'device' ? name : text
  if (!['network.host', 'security.insecure', 'device'].includes(known)) throw new Error(`unknown entitlement ${text}`)
  if (value === '') return
  for (const field of parseCsv(value).slice(1)) {
    const { before: key, found } = cut(field, '=')
    if (!found) throw new Error(`invalid device config ${quote(field)}`)
    if (key !== 'alias') throw new Error(`unknown device config key ${quote(key)}`)
  }
}
