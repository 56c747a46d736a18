import { failingAs } from '../errors/cli-error.ts'
import { log } from '../errors/log.ts'
import { quote } from '../go/quote.ts'
import { dockerEndpoint } from '../contexts/meta.ts'
import { listTls, readContext, readTls } from '../contexts/contexts.ts'
import type { Endpoint, EndpointInput } from './endpoint.ts'
import { parseHost } from './host.ts'
import type { TlsData } from '../tls/tls.ts'

/** The endpoint of a stored context, with its certificates. Throws for a context that is not there or has no docker endpoint. */
export function contextEndpoint(input: EndpointInput, name: string): Omit<Endpoint, 'url'> {
  const { Host = '', SkipTLSVerify } = dockerEndpoint(readContext(input.configDir, name))
  const data = certificates(input, name)
  return {
    host: Host === '' ? parseHost('', { platform: input.platform }) : Host,
    source: 'context',
    contextName: name,
    ...(data === undefined && !SkipTLSVerify ? {} : { tls: { skipVerify: SkipTLSVerify, data: data ?? {} } }),
  }
}

/** Undefined when the context has none, nor a folder for them (docker/cli cli/context LoadTLSData). */
function certificates(input: EndpointInput, name: string): TlsData | undefined {
  const { configDir } = input
  const files = failingAs(`failed to retrieve TLS files for context ${quote(name)}`, () => listTls(configDir, name))
  if (files['docker'] === undefined) return undefined
  const data: TlsData = {}
  for (const file of files['docker']) {
    const problem = `failed to retrieve TLS data (${file}) for context ${quote(name)}`
    const bytes = failingAs(problem, () => readTls(configDir, name, 'docker', file))
    const kind = /^(ca|cert|key)\.pem$/.exec(file)?.[1] as keyof TlsData | undefined
    if (kind !== undefined) data[kind] = bytes
    else log(input, 'warning', `unknown file in context ${name} TLS bundle: ${file}`)
  }
  return data
}
