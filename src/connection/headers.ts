import { parseCsv } from '../go/csv.ts'
import { dictionary } from '../go/dictionary.ts'

/**
 * The headers that go with every request: config.json's HttpHeaders, or in their place those that
 * DOCKER_CUSTOM_HEADERS lists as `key=value,...` (docker/cli cli/command/cli_options.go).
 */
export function customHeaders(
  config: Readonly<Record<string, string>> | undefined,
  variable: string | undefined,
): Record<string, string> {
  const fromVariable = variable ? parseHeaders(variable) : {}
  if (Object.keys(fromVariable).length > 0) return fromVariable
  const headers = dictionary<string>()
  for (const [name, value] of Object.entries(config ?? {})) {
    const canonical = canonicalName(name)
    if (canonical in headers) throw new Error(`duplicate custom HTTP header (${canonical})`)
    headers[canonical] = value
  }
  return headers
}

function parseHeaders(variable: string): Record<string, string> {
  let fields
  try {
    fields = parseCsv(variable)
  } catch {
    throw new Error(
      `failed to parse custom headers from ${VARIABLE}: value must be formatted as comma-separated key=value pairs`,
    )
  }
  const headers = dictionary<string>()
  for (const field of fields) {
    const at = field.indexOf('=')
    const name = (at === -1 ? field : field.slice(0, at)).trim()
    const wrong = (what: string) => new Error(`failed to set custom headers from ${VARIABLE}: ${what}: '${field}'`)
    if (name === '') throw wrong('value contains a key=value pair with an empty key')
    if (at === -1) throw wrong('missing "=" in key=value pair')
    headers[canonicalName(name)] = field.slice(at + 1)
  }
  return headers
}

const VARIABLE = 'DOCKER_CUSTOM_HEADERS environment variable'

// Go's textproto.CanonicalMIMEHeaderKey: words capitalized, unless the name is no token.
function canonicalName(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name)) return name
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())
}
