import { messageOf } from '../../errors/cli-error.ts'
import { type Endpoint, resolveContextName, resolveEndpoint, endpointSources } from '../../connection/endpoint.ts'
import type { Context } from '../../context.ts'
import { quote } from '../../go/quote.ts'

/** The sources that may name the endpoint by precedence, and the endpoint that results. */
export interface Explanation {
  readonly sources: readonly { readonly name: string; readonly setting: string; readonly verdict: string }[]
  readonly outcome: readonly string[]
}

/** Explains which source names the endpoint, the value of each, and what results. */
export async function explainEndpoint(runtime: Context): Promise<Explanation> {
  const { filename } = await runtime.config()
  const settings = await Promise.all(endpointSources.map(async ({ value }) => value(runtime)))
  const winner = settings.findIndex((value) => value !== undefined)
  const sources = endpointSources.map((source, i) => {
    const name = source.name === 'currentContext' ? `currentContext in ${filename}` : source.name
    const value = settings[i]
    if (value === undefined) return { name, setting: 'not set', verdict: '' }
    return {
      name,
      setting: quote(value),
      verdict: i === winner ? 'wins' : `overridden by ${endpointSources[winner]?.name}`,
    }
  })
  const fallback =
    winner < 0 ? { setting: "the platform's own socket", verdict: 'wins' } : { setting: 'not asked', verdict: '' }
  return { sources: [...sources, { name: 'the default', ...fallback }], outcome: await outcome(runtime) }
}

/** The explanation for a pipe: a line each, stable. */
export function plainExplanation({ sources, outcome }: Explanation): string[] {
  const width = Math.max(...sources.map(({ name }) => name.length))
  const lines = sources.map(({ name, setting, verdict }, i) => {
    const mark = verdict === 'wins' ? '  <- wins' : verdict === '' ? '' : `  (${verdict})`
    return `${i + 1}. ${name.padEnd(width)}  ${setting}${mark}`
  })
  return [...lines, '', ...outcome]
}

async function outcome(runtime: Context): Promise<string[]> {
  const name = await resolveContextName(runtime)
  let endpoint: Endpoint
  try {
    endpoint = await resolveEndpoint(runtime)
  } catch (error) {
    return [`Context:   ${name}`, `Endpoint:  none: ${messageOf(error)}`]
  }
  return [`Context:   ${name}`, `Endpoint:  ${endpoint.host}`, `TLS:       ${tlsWords(endpoint)}`]
}

function tlsWords({ host, tls }: Endpoint): string {
  if (!host.startsWith('tcp://')) return 'does not apply'
  if (tls === undefined) return 'off: whoever can listen reads along, whoever can connect is root there'
  return tls.skipVerify ? "on, but the server's certificate is not checked" : 'on, certificates are checked'
}
