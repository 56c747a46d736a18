import type { Context } from '../context.ts'
import { cliError, messageOf } from '../errors/cli-error.ts'
import { authKey, decodeAuth, encodeAuthHeader, registryHostname } from './auth.ts'
import type { ConfigFile } from './config-file.ts'
import type { AuthConfig } from './data.ts'

/** The parts of the Context that credentials need. */
export type CredentialContext = Pick<Context, 'config' | 'env' | 'err' | 'in' | 'platform' | 'cwd' | 'signal'>

/** Where credentials are kept; one implementation for each way. */
export interface CredentialStore {
  /** The credentials for a server, empty when there are none. */
  get(server: string): Promise<AuthConfig>
  getAll(): Promise<Record<string, AuthConfig>>
  store(auth: AuthConfig): Promise<void>
  erase(server: string): Promise<void>
}

/**
 * The store for a registry's credentials: its own helper, else the common one, else config.json; with DOCKER_AUTH_CONFIG
 * before them (docker/cli configfile GetCredentialsStore).
 */
export async function credentialStore(context: CredentialContext, registry: string): Promise<CredentialStore> {
  const config = await context.config()
  const helper = await helperFor(context, config, authKey(registry))
  const file = fileStore(context, config)
  const store = helper === '' ? file : await helperStore(context, helper, file)
  const fromEnvironment = await environmentAuths(context)
  return fromEnvironment === undefined ? store : layered(context, fromEnvironment, store)
}

/** The credentials kept for a registry, `docker.io` or `example.com:5000`; empty when there are none. Throws when its helper fails. */
export async function credentials(context: CredentialContext, domain: string): Promise<AuthConfig> {
  const key = authKey(domain)
  return (await credentialStore(context, key)).get(key)
}

/** Every registry's credentials; a registry's own helper that fails is reported on stderr, the common one's failure is thrown. */
export async function allCredentials(context: CredentialContext): Promise<Record<string, AuthConfig>> {
  const { data } = await context.config()
  const all = { ...(await (await credentialStore(context, '')).getAll()) }
  for (const registry of Object.keys(data.credHelpers ?? {})) {
    try {
      all[registry] = await credentials(context, registry)
    } catch (error) {
      context.err.line(`WARN Failed to get credentials for registry: ${registry}: ${messageOf(error)}`)
    }
  }
  return all
}

/**
 * The value of X-Registry-Auth for `domain`'s registry, of credentials or of their absence. A helper that fails is thrown, or with
 * `anonymous` told on stderr if config.json names it: who pulls may need no credentials.
 */
export async function registryAuth(
  context: CredentialContext,
  domain: string,
  whenBroken: 'throw' | 'anonymous' = 'throw',
): Promise<string> {
  try {
    return encodeAuthHeader(await credentials(context, domain))
  } catch (error) {
    if (whenBroken === 'throw' || context.signal.aborted) throw error
    const { data } = await context.config()
    // A helper that merely lies on the PATH and cannot work here (no desktop, no key) is nobody's mistake.
    if (configuredHelper(data, authKey(domain)) === undefined) return encodeAuthHeader({})
    context.err.line(`WARNING: going on without credentials for ${domain}: ${messageOf(error)}`)
    return encodeAuthHeader({})
  }
}

async function helperFor(context: CredentialContext, { data }: ConfigFile, key: string): Promise<string> {
  const configured = configuredHelper(data, key)
  if (configured !== undefined) return configured
  const none = (map: object | undefined): boolean => map === undefined || Object.keys(map).length === 0
  if (!none(data.auths) || !none(data.credHelpers)) return ''
  const { defaultHelper } = await import('./helper.ts')
  return defaultHelper(context)
}

/** The helper that config.json names for a registry; undefined when it names none. */
function configuredHelper(data: ConfigFile['data'], key: string): string | undefined {
  if (key !== '' && data.credHelpers && Object.hasOwn(data.credHelpers, key)) return data.credHelpers[key] ?? ''
  return data.credsStore || undefined
}

async function helperStore(context: CredentialContext, name: string, file: CredentialStore): Promise<CredentialStore> {
  const { nativeStore } = await import('./helper.ts')
  return nativeStore(context, name, file)
}

/** One warning a command is enough. */
const warned = new WeakSet<ConfigFile>()

/** Credentials in config.json itself, not encrypted (docker/cli credentials/file_store.go). */
function fileStore(context: CredentialContext, config: ConfigFile): CredentialStore {
  const auths = (): Record<string, AuthConfig> => config.data.auths ?? {}
  const change = async (server: string, auth: AuthConfig | undefined, credsStore?: string): Promise<void> => {
    const { changeConfig } = await import('./save.ts')
    await changeConfig(config, { auths: { [server]: auth }, ...(credsStore === undefined ? {} : { credsStore }) })
  }
  return {
    async get(server) {
      const found = Object.hasOwn(auths(), server) ? auths()[server] : undefined
      const older = Object.entries(auths()).find(([address]) => registryHostname(address) === server)
      return found ?? older?.[1] ?? {}
    },
    getAll: async () => auths(),
    async store(auth) {
      const server = auth.serveraddress ?? ''
      if (same(auths()[server], auth)) return
      await change(server, auth, await detectedStore(context, config))
      if (warned.has(config) || !auth.password) return
      warned.add(config)
      context.err.write(unencryptedWarning(config.filename))
    },
    async erase(server) {
      if (Object.hasOwn(auths(), server)) await change(server, undefined)
    },
  }
}

/** A helper that was found rather than configured is written down: once there are credentials, none is looked for. */
async function detectedStore(context: CredentialContext, config: ConfigFile): Promise<string | undefined> {
  if (config.data.credsStore) return undefined
  return (await helperFor(context, config, '')) || undefined
}

function unencryptedWarning(filename: string): string {
  return (
    `\nWARNING! Your credentials are stored unencrypted in '${filename}'.\n` +
    'Configure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n'
  )
}

function same(a: AuthConfig | undefined, b: AuthConfig): boolean {
  const keys = ['username', 'password', 'auth', 'serveraddress', 'identitytoken', 'registrytoken'] as const
  return a !== undefined && keys.every((key) => (a[key] ?? '') === (b[key] ?? ''))
}

/** `before` answers first and is never written; the rest goes to `store` (docker/cli config/memorystore). */
function layered(
  { err }: CredentialContext,
  before: Record<string, AuthConfig>,
  store: CredentialStore,
): CredentialStore {
  const orSay = async <T>(attempt: Promise<T>, instead: T): Promise<T> => {
    try {
      return await attempt
    } catch (error) {
      err.line(`memorystore:  ${messageOf(error)}`)
      return instead
    }
  }
  return {
    get: async (server) => (Object.hasOwn(before, server) ? (before[server] ?? {}) : store.get(server)),
    getAll: async () => ({ ...(await orSay(store.getAll(), {})), ...before }),
    async store(auth) {
      before[auth.serveraddress ?? ''] = auth
      await store.store(auth)
    },
    async erase(server) {
      delete before[server]
      await orSay(store.erase(server), undefined)
    },
  }
}

async function environmentAuths({ env, err }: CredentialContext): Promise<Record<string, AuthConfig> | undefined> {
  const text = env.DOCKER_AUTH_CONFIG
  if (!text) return undefined
  try {
    return await decodeEnvironment(text)
  } catch (error) {
    err.line(`Failed to create credential store from DOCKER_AUTH_CONFIG:  ${messageOf(error)}`)
    return undefined
  }
}

async function decodeEnvironment(text: string): Promise<Record<string, AuthConfig>> {
  const { environmentEntries } = await import('./environment.ts')
  const entries = Object.entries(environmentEntries(text)).map(async ([server, auth]) => {
    if (auth === '') throw cliError(`DOCKER_AUTH_CONFIG environment variable is missing key \`auth\` for ${server}`)
    return [server, { ...(await decodeAuth(auth)), serveraddress: server }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
