import { messageOf } from '../../errors/cli-error.ts'
import { type Endpoint, resolveContextName, resolveEndpoint, voices } from '../../connection/endpoint.ts'
import type { Context } from '../../context.ts'
import { quote } from '../../go/quote.ts'

/** Who may name the endpoint, the strongest first, and where that leads. */
export interface Explanation {
  readonly voices: readonly { readonly name: string; readonly said: string; readonly verdict: string }[]
  readonly outcome: readonly string[]
}

/** Every place that may name an endpoint, what each says, and where that leads. */
export async function explainEndpoint(context: Context): Promise<Explanation> {
  const { filename } = await context.config()
  const said = await Promise.all(voices.map(async ({ value }) => value(context)))
  const winner = said.findIndex((value) => value !== undefined)
  const told = voices.map((voice, i) => {
    const name = voice.name === 'currentContext' ? `currentContext in ${filename}` : voice.name
    const value = said[i]
    if (value === undefined) return { name, said: 'not set', verdict: '' }
    return { name, said: quote(value), verdict: i === winner ? 'wins' : `overridden by ${voices[winner]?.name}` }
  })
  const fallback =
    winner < 0 ? { said: "the platform's own socket", verdict: 'wins' } : { said: 'not asked', verdict: '' }
  return { voices: [...told, { name: 'the default', ...fallback }], outcome: await outcome(context) }
}

/** The explanation for a pipe: a line each, stable. */
export function plainExplanation({ voices, outcome }: Explanation): string[] {
  const width = Math.max(...voices.map(({ name }) => name.length))
  const lines = voices.map(({ name, said, verdict }, i) => {
    const mark = verdict === 'wins' ? '  <- wins' : verdict === '' ? '' : `  (${verdict})`
    return `${i + 1}. ${name.padEnd(width)}  ${said}${mark}`
  })
  return [...lines, '', ...outcome]
}

async function outcome(context: Context): Promise<string[]> {
  const name = await resolveContextName(context)
  let endpoint: Endpoint
  try {
    endpoint = await resolveEndpoint(context)
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
