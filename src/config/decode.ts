import { cliError } from '../errors/cli-error.ts'
import type { ConfigData } from './data.ts'
import { decodeShape, fieldName, map, type Shape, struct, text, texts } from './shape.ts'

const auth = struct('types.AuthConfig', [
  'username',
  'password',
  'auth',
  'serveraddress',
  'identitytoken',
  'registrytoken',
])
const proxy = struct('configfile.ProxyConfig', ['httpProxy', 'httpsProxy', 'noProxy', 'ftpProxy', 'allProxy'])

const config: Shape = {
  type: 'configfile.ConfigFile',
  fields: {
    auths: { type: 'map[string]types.AuthConfig', items: auth },
    HttpHeaders: map,
    psFormat: text,
    imagesFormat: text,
    networksFormat: text,
    pluginsFormat: text,
    volumesFormat: text,
    statsFormat: text,
    detachKeys: text,
    credsStore: text,
    credHelpers: map,
    serviceInspectFormat: text,
    servicesFormat: text,
    tasksFormat: text,
    secretFormat: text,
    configFormat: text,
    nodesFormat: text,
    pruneFilters: texts,
    proxies: { type: 'map[string]configfile.ProxyConfig', items: proxy },
    currentContext: text,
    cliPluginsExtraDirs: texts,
    plugins: { type: 'map[string]map[string]string', items: map },
    aliases: map,
    features: map,
  } satisfies Record<keyof ConfigData, Shape>,
}

/** The keys of config.json that this client knows, in the order in which they are first written. */
export const knownKeys: readonly string[] = Object.keys(config.fields ?? {})

/** The key that config.json's `name` stands for, whose case does not matter; undefined for a key we do not know. */
export function knownKey(name: string): string | undefined {
  return fieldName(config, name)
}

/**
 * Puts what is known of `value`, config.json as parsed, into `data`. Throws at its end when some value was of another type than its key
 * takes; the rest is in `data` then, as with Go's encoding/json, whose words the error has.
 */
export function decodeConfig(value: unknown, data: ConfigData): void {
  const { decoded, problem } = decodeShape(value, config)
  Object.assign(data, decoded)
  if (problem !== undefined) throw cliError(problem)
}
