import { list, value } from '../../../cli/flags.ts'
import { parseDnsSearch } from '../../../parse/dns.ts'
import { parseFileReference } from '../../../parse/file-reference.ts'
import { checkGenericResource } from '../../../parse/generic-resource.ts'
import { parseExtraHost } from '../../../parse/hosts.ts'
import { parseIpFlag } from '../../../parse/ip.ts'
import { parseEnv, parseLabel } from '../../../parse/key-value.ts'
import { parseMount } from '../../../parse/mount.ts'
import { parseNetwork } from '../../../parse/network.ts'
import { parsePlacementPreference } from '../../../parse/placement-preference.ts'
import { parseServicePort, type ServicePort } from '../../../parse/swarm-port.ts'
import { addUlimit } from '../../../parse/ulimit.ts'

type Extra = NonNullable<Parameters<typeof list>[1]>

/** Flags that name things of a service's lists; create and update have them under different names. */
export const listFlag = {
  config: (summary: string) =>
    list(summary, {
      type: 'config',
      since: '1.30',
      complete: 'configs',
      read: (text) => parseFileReference('config', text),
    }),
  dns: (summary: string) => list(summary, { since: '1.25', read: parseIpFlag }),
  dnsSearch: (summary: string) => list(summary, { since: '1.25', read: parseDnsSearch }),
  env: (summary: string, extra: Extra = {}) =>
    list(summary, { ...extra, complete: 'env-names', read: (text) => parseEnv(text, () => undefined) }),
  genericResource: (summary: string, extra: Extra = {}) => list(summary, { ...extra, read: checkGenericResource }),
  host: (summary: string) => list(summary, { since: '1.25', read: parseExtraHost }),
  label: (summary: string, extra: Extra = {}) => list(summary, { ...extra, read: parseLabel }),
  mount: (summary: string) => list(summary, { type: 'mount', read: parseMount }),
  network: (summary: string, extra: Extra = {}) =>
    list(summary, { ...extra, type: 'network', complete: 'networks', read: parseNetwork }),
  placementPref: (summary: string) => list(summary, { type: 'pref', since: '1.28', read: parsePlacementPreference }),
  publish: (summary: string, extra: Extra = {}) =>
    value<ServicePort[]>('port', summary, (text, before = []) => [...before, ...parseServicePort(text)], extra),
  secret: (summary: string) =>
    list(summary, {
      type: 'secret',
      since: '1.25',
      complete: 'secrets',
      read: (text) => parseFileReference('secret', text),
    }),
  ulimit: (summary: string) => value('ulimit', summary, addUlimit, { since: '1.41', shownDefault: '[]' }),
}
