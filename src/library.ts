import os from 'node:os'
import path from 'node:path'
import { loadConfig } from './config/config-file.ts'
import { homeFolder } from './config/home.ts'
import { connect } from './connection/connect.ts'
import { resolveEndpoint } from './connection/endpoint.ts'
import type { Engine } from './engine/engine.ts'
import { EndpointError } from './engine/errors.ts'
import { messageOf } from './errors/cli-error.ts'

export * from './engine/index.ts'

/** What to connect to, as the command's global flags say it; nothing is read from the process itself. */
export interface OpenEngineOptions {
  /** Where DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CERT_PATH and the like are looked up: `process.env`, usually. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** `unix:///run/docker.sock`, `tcp://host:2376`, `ssh://user@host`. */
  readonly host?: string
  /** The name of a context of docker's, `default` among them. */
  readonly context?: string
  /** Speaks TLS to a `tcp://` host, without a check of its certificate. */
  readonly tls?: boolean
  /** Speaks TLS and checks the daemon's certificate. */
  readonly tlsverify?: boolean
  /** The file of the authorities that are trusted; `ca.pem` of the certificate folder unless given. */
  readonly tlscacert?: string
  /** The file of the client's certificate; `cert.pem` of the certificate folder unless given. */
  readonly tlscert?: string
  /** The file of the client's key; `key.pem` of the certificate folder unless given. */
  readonly tlskey?: string
  /** The configuration folder; DOCKER_CONFIG or `~/.docker` unless given. */
  readonly config?: string
  /** Takes a warning's line, which the command would print on stderr. */
  readonly warn?: (line: string) => void
}

/**
 * Gives the engine that the command would talk to; nothing is connected until its first request, and `close()` frees
 * what it opened. Throws EndpointError when what is named is not there or makes no sense.
 */
export async function openEngine(options: OpenEngineOptions = {}): Promise<Engine> {
  try {
    return await open(options)
  } catch (error) {
    throw new EndpointError(messageOf(error), { cause: (error as Error).cause ?? error })
  }
}

async function open(options: OpenEngineOptions): Promise<Engine> {
  const { env = {}, host, config, warn = () => undefined, ...flags } = options
  const platform = os.platform()
  const configDir = config || env['DOCKER_CONFIG'] || path.join(homeFolder(env, platform), '.docker')
  const readConfig = () => loadConfig(configDir)
  const now = () => new Date()
  const endpoint = await resolveEndpoint({
    globals: { ...flags, ...(host === undefined ? {} : { host }) },
    env,
    get home() {
      return homeFolder(env, platform)
    },
    platform,
    configDir,
    config: readConfig,
    err: { isTerminal: false, line: warn, write: () => undefined },
    now,
  })
  return connect({ env, platform, now, endpoint: () => Promise.resolve(endpoint), config: readConfig })
}
