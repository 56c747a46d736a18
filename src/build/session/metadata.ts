import { toText } from '../../archive/bytes.ts'

/** The values that a call's metadata has under a name, unescaped where the other side escaped them (BuildKit decodeOpts). */
export function metadataValues(metadata: ReadonlyMap<string, readonly string[]>, name: string): string[] {
  const values = metadata.get(name) ?? []
  const isEncoded = ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(metadata.get(`${name}-encoded`)?.[0] ?? '')
  return values.map((value) => (isEncoded ? unescape(value) : toText(value)))
}

// Go's url.QueryUnescape; what is malformed is empty.
function unescape(value: string): string {
  if (/%(?![\da-fA-F]{2})/.test(value)) return ''
  const spaced = value.replaceAll('+', ' ')
  return toText(spaced.replace(/%(..)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))))
}
