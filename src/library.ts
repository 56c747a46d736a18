import os from 'node:os'
import path from 'node:path'
import { loadConfig } from './config/config-file.ts'
import { homeFolder } from './config/home.ts'
import { connect } from './connection/connect.ts'
import { resolveEndpoint } from './connection/endpoint.ts'
import type { Engine } from './engine/engine.ts'

export * from './engine/index.ts'

/** What to connect to, as the command's global flags say it; nothing is read from the process itself. */
export interface OpenEngineOptions {
  /** Where DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CERT_PATH and the like are looked up: `process.env`, usually. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** `unix:///run/docker.sock`, `tcp://host:2376`, `ssh://user@host`. */
  readonly host?: string
  readonly context?: string
  readonly tls?: boolean
  readonly tlsverify?: boolean
  readonly tlscacert?: string
  readonly tlscert?: string
  readonly tlskey?: string
  /** The configuration folder; DOCKER_CONFIG or `~/.docker` unless given. */
  readonly config?: string
  /** Takes a warning's line, which the command would print on stderr. */
  readonly warn?: (line: string) => void
}

/**
 * Gives the engine that the command would talk to; nothing is connected until its first request, and `close()` frees
 * what it opened. Throws when what is named is not there or makes no sense.
 */
export async function openEngine(options: OpenEngineOptions = {}): Promise<Engine> {
  const { env = {}, host, config, warn = () => undefined, ...flags } = options
  const platform = os.platform()
  const configDir = config || env['DOCKER_CONFIG'] || path.join(homeFolder(env, platform), '.docker')
  const readConfig = () => loadConfig(configDir)
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
    now: () => new Date(),
  })
  return connect({ env, platform, endpoint: () => Promise.resolve(endpoint), config: readConfig })
}
