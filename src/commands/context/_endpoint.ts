import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { failure, failures, messageOf } from '../../cli/errors.ts'
import { value } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { pathError } from '../../cli/os-error.ts'
import type { Contexts, TlsMaterial } from '../../connection/context-store.ts'
import { parseHostUrl } from '../../connection/host.ts'
import { parseSshUrl } from '../../connection/ssh-url.ts'
import { type TlsData, tlsSocketOptions } from '../../connection/tls.ts'
import { parseBool } from '../../parse/bool.ts'
import { parseCsv } from '../../parse/csv.ts'
import { quote } from '../../parse/quote.ts'

/** What `--docker` says, by key. */
export type EndpointConfig = Readonly<Record<string, string>>

/** The keys of `--docker` with what they are for, as help lists them. */
export const endpointHelp = `Docker endpoint config:

NAME                DESCRIPTION
from                Copy the Docker endpoint of another context
host                Where the Docker endpoint is
ca                  File with the only authority whose certificates are trusted
cert                File with the TLS certificate
key                 File with the TLS key
skip-tls-verify     Leave the server's TLS certificate unchecked
`

/** The flag `--docker`, `key=value,...` (pflag stringToString). */
export const dockerFlag = value<EndpointConfig>('stringToString', 'Set the Docker endpoint', (text, before = {}) => {
  const equals = text.split('=').length - 1
  if (equals === 0) throw new Error(`${text} must be formatted as key=value`)
  const pairs = equals === 1 ? [text.replaceAll(/^"+|"+$/g, '')] : parseCsv(text)
  const added = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 0) throw new Error(`${pair} must be formatted as key=value`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  return { ...before, ...Object.fromEntries(added) }
})

const keys = ['from', 'host', 'ca', 'cert', 'key', 'skip-tls-verify']

/** An endpoint as a context keeps it, with its TLS files. */
export interface MadeEndpoint {
  readonly docker: { readonly Host?: string; readonly SkipTLSVerify: boolean }
  readonly tls: TlsMaterial
}

/** Makes an endpoint of what `--docker` says; throws where it makes no sense (docker/cli command/context getDockerEndpoint). */
export function makeEndpoint(context: Pick<Context, 'cwd'>, contexts: Contexts, config: EndpointConfig): MadeEndpoint {
  try {
    return make(context, contexts, config)
  } catch (error) {
    throw failure(`unable to create docker endpoint config: ${messageOf(error)}`)
  }
}

function make({ cwd }: Pick<Context, 'cwd'>, contexts: Contexts, config: EndpointConfig): MadeEndpoint {
  const unknown = Object.keys(config).filter((key) => !keys.includes(key))
  if (unknown.length > 0) throw failures(unknown.map((key) => failure(`unrecognized config key: ${key}`)))
  if (config.from !== undefined) {
    const docker = contexts.get(config.from).Endpoints['docker']
    if (docker === undefined) throw failure(`unable to get endpoint from context ${quote(config.from)}`)
    return { docker: docker as MadeEndpoint['docker'], tls: {} }
  }
  const data: TlsData = {}
  for (const kind of ['ca', 'cert', 'key'] as const) {
    const file = config[kind]
    if (file) data[kind] = read(cwd, file)
  }
  const skip = readSkip(config['skip-tls-verify'])
  const host = config.host ?? ''
  checkEndpoint(host, skip, data)
  const files = Object.entries(data).map(([kind, content]) => [`${kind}.pem`, content])
  return {
    docker: { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: skip },
    tls: files.length === 0 ? {} : { docker: Object.fromEntries(files) as Record<string, Uint8Array> },
  }
}

function read(cwd: string, file: string): Buffer {
  try {
    return readFileSync(path.resolve(cwd, file))
  } catch (error) {
    throw pathError((error as NodeJS.ErrnoException).code === 'EISDIR' ? 'read' : 'open', file, error)
  }
}

function readSkip(text: string | undefined): boolean {
  try {
    return text !== undefined && parseBool(text)
  } catch {
    throw failure(`skip-tls-verify: parsing ${quote(text ?? '')}: invalid syntax`)
  }
}

/** Whether a client could be made of it; what only connecting would show is not looked at. */
function checkEndpoint(host: string, skipVerify: boolean, data: TlsData): void {
  if (host === '') return
  try {
    if (host.startsWith('ssh://')) return void parseSshUrl(host)
    if (/^(unix|npipe|fd):\/\//.test(host)) return checkHost(host)
    if (host.startsWith('tcp://') && host !== 'tcp://') parseHostUrl(host)
    if (Object.keys(data).length > 0 || skipVerify) {
      tlsSocketOptions({ skipVerify, data })
      checkPair(data)
    }
  } catch (error) {
    throw failure(`invalid docker endpoint options: ${messageOf(error)}`)
  }
  checkHost(host)
}

function checkHost(host: string): void {
  try {
    if (host.startsWith('npipe://')) throw failure('protocol not available')
    parseHostUrl(host)
  } catch (error) {
    throw failure(`unable to apply docker endpoint options: ${messageOf(error)}`)
  }
}

/** A key that does not belong to its certificate would fail every connection. */
function checkPair({ cert, key }: TlsData): void {
  if (cert === undefined || key === undefined) return
  let matches: boolean
  try {
    matches = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch (error) {
    throw failure(`failed to retrieve context tls info: tls: ${messageOf(error)}`)
  }
  if (!matches) throw failure('failed to retrieve context tls info: tls: private key does not match public key')
}
