import type { ConfigData, ProxyConfig } from './data.ts'

const variables = [
  ['HTTP_PROXY', 'httpProxy'],
  ['HTTPS_PROXY', 'httpsProxy'],
  ['NO_PROXY', 'noProxy'],
  ['FTP_PROXY', 'ftpProxy'],
  ['ALL_PROXY', 'allProxy'],
] as const satisfies readonly (readonly [string, keyof ProxyConfig])[]

/**
 * The proxy variables that config.json wants in containers and builds of the daemon at `host` (its own entry, else `default`), each in upper
 * and lower case, but for those in `given` (docker/cli configfile ParseProxyConfig).
 */
export function proxyVariables(
  { proxies = {} }: ConfigData,
  host: string,
  given: ReadonlySet<string>,
): [string, string][] {
  const proxy = (Object.hasOwn(proxies, host) ? proxies[host] : proxies.default) ?? {}
  return variables
    .flatMap(([name, key]) =>
      [name, name.toLowerCase()].map((variable): [string, string] => [variable, proxy[key] ?? '']),
    )
    .filter(([variable, value]) => value !== '' && !given.has(variable))
}
