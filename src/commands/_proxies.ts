import { proxyVariables } from '../config/proxies.ts'
import type { Context } from '../context.ts'

/** The proxy variables that config.json wants in containers and builds of this daemon, but for those that are `given`. */
export async function daemonProxies(context: Context, given: ReadonlySet<string>): Promise<[string, string][]> {
  const { data } = await context.config()
  // The endpoint is not asked for without need: it may be missing.
  return data.proxies === undefined ? [] : proxyVariables(data, (await context.endpoint()).host, given)
}
