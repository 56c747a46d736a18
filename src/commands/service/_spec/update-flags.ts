import { bool, list, type Options, string } from '../../../cli/flags.ts'
import { specFlags, words } from './flags.ts'
import { listFlag } from './list-flags.ts'

const addFlags = {
  configAdd: listFlag.config('Config to add or change, NAME or source=NAME,target=FILE,uid=UID,gid=GID,mode=MODE'),
  constraintAdd: list('Constraint on the nodes of tasks to add', { complete: 'constraints' }),
  containerLabelAdd: listFlag.label('Container label to add or change, KEY or KEY=VALUE'),
  dnsAdd: listFlag.dns('DNS server to add'),
  dnsOptionAdd: list('DNS resolver option to add', { since: '1.25' }),
  dnsSearchAdd: listFlag.dnsSearch('DNS search domain to add'),
  envAdd: listFlag.env('Environment variable to add or change, NAME or NAME=VALUE'),
  genericResourceAdd: listFlag.genericResource('Generic resource to add or change, KIND=NUMBER', { since: '1.32' }),
  groupAdd: list('Supplementary group to add', { since: '1.25' }),
  hostAdd: listFlag.host('Host-to-IP mapping to add, HOST:IP'),
  labelAdd: listFlag.label('Service label to add or change, KEY or KEY=VALUE'),
  mountAdd: listFlag.mount('Mount to add or change, type=TYPE,source=SOURCE,target=TARGET'),
  networkAdd: listFlag.network('Network to attach tasks to', { since: '1.29' }),
  placementPrefAdd: listFlag.placementPref('Placement preference to add, such as "spread=node.labels.zone"'),
  publishAdd: listFlag.publish('Port to publish too, PUBLISHED:TARGET[/PROTOCOL]'),
  secretAdd: listFlag.secret('Secret to add or change, NAME or source=NAME,target=FILE,uid=UID,gid=GID,mode=MODE'),
  sysctlAdd: list('Namespaced kernel parameter (sysctl) to add or change, KEY=VALUE', { since: '1.40' }),
  ulimitAdd: listFlag.ulimit('Ulimit to add or change, NAME=SOFT[:HARD]'),
} as const

const removeFlags = {
  configRm: list('Config to remove', { since: '1.30', complete: 'configs' }),
  constraintRm: list('Constraint on the nodes of tasks to remove', { complete: 'constraints' }),
  containerLabelRm: list('Container label to remove, by its key'),
  dnsRm: list('DNS server to remove', { since: '1.25' }),
  dnsOptionRm: list('DNS resolver option to remove', { since: '1.25' }),
  dnsSearchRm: list('DNS search domain to remove', { since: '1.25' }),
  envRm: list('Environment variable to remove'),
  genericResourceRm: list('Generic resource to remove, by its kind', { since: '1.32' }),
  groupRm: list('Supplementary group to remove', { since: '1.25' }),
  hostRm: list('Host-to-IP mapping to remove, HOST[:IP]', { since: '1.25' }),
  labelRm: list('Service label to remove, by its key'),
  mountRm: list('Mount to remove, by its target'),
  networkRm: list('Network to detach tasks from', { since: '1.29', complete: 'networks' }),
  placementPrefRm: listFlag.placementPref('Placement preference to remove'),
  publishRm: listFlag.publish('Published port to remove, by its target port'),
  secretRm: list('Secret to remove', { since: '1.25', complete: 'secrets' }),
  sysctlRm: list('Namespaced kernel parameter (sysctl) to remove', { since: '1.40' }),
  ulimitRm: list('Ulimit to remove, by its name', { since: '1.41' }),
} as const

/** The flags of update (docker/cli service/update.go). */
export const updateFlags = {
  ...specFlags({ isNew: false }),
  ...addFlags,
  ...removeFlags,
  args: words("Arguments of the containers' command, a line of shell words"),
  endpointMode: string('Endpoint mode: "vip" or "dnsrr"', { complete: 'endpoint-modes' }),
  force: bool('Replace every task, even where nothing has changed', { since: '1.25' }),
  image: string('Image of the containers', { complete: 'images' }),
  rollback: bool('Go back to the previous specification', { since: '1.25' }),
} as const

/** What was set on update's command line. */
export type UpdateOptions = Options<typeof updateFlags>
