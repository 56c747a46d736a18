import { list, type Options, string } from '../../../cli/flags.ts'
import { specFlags } from './flags.ts'
import { listFlag } from './list-flags.ts'

/** The flags of create (docker/cli service/create.go). */
export const createFlags = {
  ...specFlags({ isNew: true }),
  config: listFlag.config('Config to give the service, NAME or source=NAME,target=FILE,uid=UID,gid=GID,mode=MODE'),
  constraint: list('Constraint on the nodes of tasks, such as "node.role==worker"', { complete: 'constraints' }),
  containerLabel: listFlag.label('Container label, KEY or KEY=VALUE'),
  dns: listFlag.dns('DNS server'),
  dnsOption: list('DNS resolver option', { since: '1.25' }),
  dnsSearch: listFlag.dnsSearch('DNS search domain'),
  endpointMode: string('Endpoint mode: "vip" or "dnsrr"', { shownDefault: 'vip', complete: 'endpoint-modes' }),
  env: listFlag.env('Environment variable, NAME or NAME=VALUE', { short: 'e' }),
  envFile: list('File to read environment variables from', { complete: 'files' }),
  genericResource: listFlag.genericResource('Generic resource to reserve for a task, KIND=NUMBER'),
  group: list('Supplementary group to join', { since: '1.25' }),
  host: listFlag.host('Host-to-IP mapping for /etc/hosts, HOST:IP'),
  label: listFlag.label('Service label, KEY or KEY=VALUE', { short: 'l' }),
  mode: string('Service mode: "replicated", "global", "replicated-job" or "global-job"', {
    shownDefault: 'replicated',
    complete: 'service-modes',
  }),
  mount: listFlag.mount('Bind mount, volume or tmpfs mount, type=TYPE,source=SOURCE,target=TARGET'),
  name: string('Name of the service'),
  network: listFlag.network('Network to attach tasks to'),
  placementPref: listFlag.placementPref('Placement preference, such as "spread=node.labels.zone"'),
  publish: listFlag.publish('Publish a port, PUBLISHED:TARGET[/PROTOCOL] or published=PORT,target=PORT,mode=host', {
    short: 'p',
  }),
  secret: listFlag.secret('Secret to give the service, NAME or source=NAME,target=FILE,uid=UID,gid=GID,mode=MODE'),
  sysctl: list('Namespaced kernel parameter (sysctl), KEY=VALUE', { since: '1.40' }),
  ulimit: listFlag.ulimit('Ulimit, NAME=SOFT[:HARD]'),
} as const

/** What was set on create's command line. */
export type CreateOptions = Options<typeof createFlags>
