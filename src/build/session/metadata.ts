import { toText } from '../../archive/bytes.ts'
import { isTrue } from '../../go/bool.ts'
import { queryUnescape } from '../../go/url.ts'

/** The values that a call's metadata has under a name, unescaped where the other side escaped them (BuildKit decodeOpts). */
export function metadataValues(metadata: ReadonlyMap<string, readonly string[]>, name: string): string[] {
  const values = metadata.get(name) ?? []
  const isEncoded = isTrue(metadata.get(`${name}-encoded`)?.[0])
  return values.map((value) => (isEncoded ? unescape(value) : toText(value)))
}

/** What is malformed is empty. */
function unescape(value: string): string {
  try {
    return queryUnescape(value)
  } catch {
    return ''
  }
}
