import { cliError, failingAs, joinErrors, wrap } from '../../errors/cli-error.ts'
import { value } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { ContextStore, TlsMaterial } from '../../contexts/store.ts'
import { parseHostUrl } from '../../connection/host.ts'
import { parseSshUrl } from '../../ssh/url.ts'
import { readPem, type TlsChoice, type TlsData } from '../../tls/tls.ts'
import { tlsSocketOptions } from '../../tls/socket-options.ts'
import { parseUrl } from '../../go/url.ts'
import { pinnedApiVersion } from '../../engine/version.ts'
import { parseBool } from '../../go/bool.ts'
import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'

/** What `--docker` says, by key. */
export type EndpointConfig = Readonly<Record<string, string>>

/** The keys of `--docker` with what they are for, as help lists them. */
export const endpointHelp = `Docker endpoint config:

NAME                DESCRIPTION
from                Context to copy the Docker endpoint from
host                Address of the Docker endpoint
ca                  CA certificate file to verify the server against
cert                TLS client certificate file
key                 TLS client key file
skip-tls-verify     Do not verify the server's certificate
`

/** The flag `--docker`, `key=value,...` (pflag stringToString). */
export const dockerFlag = value<EndpointConfig>(
  'stringToString',
  'Docker endpoint, as comma-separated KEY=VALUE pairs',
  readPairs,
  {
    shownDefault: '[]',
  },
)

function readPairs(text: string, before: EndpointConfig = {}): EndpointConfig {
  const equals = text.split('=').length - 1
  if (equals === 0) throw new Error(`${text} must be formatted as key=value`)
  const pairs = equals === 1 ? [text.replaceAll(/^"+|"+$/g, '')] : parseCsv(text)
  const added = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 0) throw new Error(`${pair} must be formatted as key=value`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  return { ...before, ...Object.fromEntries(added) }
}

const keys = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify']

type ClientFacts = Pick<Context, 'cwd' | 'env' | 'platform'>

/** What a socket's address has room for. */
const MAX_SOCKET_PATH = 108

/** An endpoint as a context keeps it, with its TLS files. */
export interface MadeEndpoint {
  readonly docker: { readonly Host?: string; readonly SkipTLSVerify: boolean }
  readonly tls: TlsMaterial
}

/** Makes an endpoint of what `--docker` says; throws where it makes no sense (docker/cli command/context getDockerEndpoint). */
export function makeEndpoint(runtime: ClientFacts, store: ContextStore, config: EndpointConfig): MadeEndpoint {
  try {
    return make(runtime, store, config)
  } catch (error) {
    throw wrap(error, 'unable to create docker endpoint config')
  }
}

function make(runtime: ClientFacts, store: ContextStore, config: EndpointConfig): MadeEndpoint {
  const unknown = Object.keys(config).filter((key) => !keys.includes(key))
  if (unknown.length > 0) throw joinErrors(unknown.map((key) => cliError(`unrecognized config key: ${key}`)))
  if (config.from !== undefined) {
    const docker = store.get(config.from).Endpoints['docker']
    if (docker === undefined || docker === null)
      throw cliError(`unable to get endpoint from context ${quote(config.from)}`)
    return { docker: docker as MadeEndpoint['docker'], tls: {} }
  }
  const data: TlsData = {}
  for (const kind of ['ca', 'cert', 'key'] as const) {
    const file = config[kind]
    if (file) data[kind] = readPem(file, runtime.cwd)
  }
  const skip = readSkip(config['skip-tls-verify'])
  const host = config.host ?? ''
  const wanted = skip || Object.keys(data).length > 0
  checkEndpoint(runtime, host, wanted ? { skipVerify: skip, data } : undefined)
  const files = Object.entries(data).map(([kind, content]) => [`${kind}.pem`, content])
  return {
    docker: { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: skip },
    tls: files.length === 0 ? {} : { docker: Object.fromEntries(files) as Record<string, Uint8Array> },
  }
}

function readSkip(text: string | undefined): boolean {
  try {
    return text !== undefined && parseBool(text)
  } catch {
    throw cliError(`skip-tls-verify: parsing ${quote(text ?? '')}: invalid syntax`)
  }
}

/** Throws where no client could be made of it; what only connecting would show is not looked at. */
function checkEndpoint({ env, platform }: ClientFacts, host: string, tls: TlsChoice | undefined): void {
  const ssh = failingAs('invalid docker endpoint options', () => {
    const isSsh = host !== '' && parseUrl(host).scheme === 'ssh'
    if (isSsh) parseSshUrl(host)
    else if (host !== '' && tls !== undefined && !/^(unix|npipe|fd)(:\/\/|$)/.test(host)) tlsSocketOptions(tls, env)
    return isSsh
  })
  failingAs('unable to apply docker endpoint options', () => {
    if (host !== '' && !ssh) checkAddress(host, platform)
    pinnedApiVersion(env['DOCKER_API_VERSION'])
  })
}

function checkAddress(host: string, platform: NodeJS.Platform): void {
  const { protocol, address } = parseHostUrl(host)
  if (protocol === 'npipe' && platform !== 'win32') throw cliError('protocol not available')
  if (protocol === 'unix' && Buffer.byteLength(address) > MAX_SOCKET_PATH) {
    throw cliError(`unix socket path ${quote(address)} is too long`)
  }
}
