import type {
  ServiceContainerSpec,
  ServiceSpec,
  ServiceUpdateConfig,
  SwarmService,
  TaskResources,
  TaskSpec,
} from '../../engine/types/service.ts'
import { formatDuration } from '../../go/duration.ts'
import { sprint } from '../../go/print.ts'
import { parseRFC3339 } from '../../go/time.ts'
import { float32, float64, value } from '../../go/types.ts'
import { binarySize, humanDuration } from '../human.ts'

/**
 * What `service inspect --pretty` prints of a service (docker/cli command/service serviceInspectPrettyTemplate, whose uneven blanks scripts may know).
 */
export function prettyService(service: SwarmService, now: Date): string {
  const { Spec: spec = {}, Endpoint: endpoint } = service
  const task = spec.TaskTemplate ?? {}
  const lines = [
    '',
    `ID:\t\t${service.ID}`,
    `Name:\t\t${spec.Name ?? ''}`,
    ...mapLines('Labels:', spec.Labels, ' ', '='),
    ...modeLines(spec.Mode),
    ...updateStatusLines(service.UpdateStatus, now),
    ...placementLines(task.Placement),
    ...changeLines('UpdateConfig:', 'Update order:      ', spec.UpdateConfig),
    ...changeLines('RollbackConfig:', 'Rollback order:    ', spec.RollbackConfig),
    ...containerLines(task.ContainerSpec ?? {}),
  ]
  const text = lines.join('\n') + logText(task.LogDriver) + resourcesText(task.Resources)
  const names = (task.Networks ?? []).map(({ Target = '' }) => ` ${Target}`)
  const networkText = names.length === 0 ? '' : `\nNetworks:${names.join('')} `
  const mode = `\nEndpoint Mode:\t${spec.EndpointSpec?.Mode ?? ''}`
  return `${text}${networkText}${mode}${portsText(endpoint?.Ports)}${healthText(task.ContainerSpec?.Healthcheck)}\n\n`
}

function mapLines(
  title: string,
  map: Record<string, string> | null | undefined,
  indent: string,
  between: string,
): string[] {
  const names = Object.keys(map ?? {}).toSorted()
  return names.length === 0
    ? []
    : [title, ...names.map((name) => indent + name + (map?.[name] ? between + map[name] : ''))]
}

function modeLines(mode: ServiceSpec['Mode']): string[] {
  if (mode?.Global) return ['Service Mode:\tGlobal']
  if (!mode?.Replicated) return ['Service Mode:']
  const { Replicas: replicas } = mode.Replicated
  return [
    'Service Mode:\tReplicated',
    ...(replicas === undefined || replicas === null ? [] : [` Replicas:\t${replicas}`]),
  ]
}

function updateStatusLines(status: SwarmService['UpdateStatus'], now: Date): string[] {
  if (!status?.State) return []
  const ago = (text: string): string => {
    const { seconds = 0, nanoseconds = 0 } = parseRFC3339(text) ?? {}
    return `${humanDuration(now.getTime() - seconds * 1000 - nanoseconds / 1e6)} ago`
  }
  return [
    'UpdateStatus:',
    ` State:\t\t${status.State}`,
    ...(status.StartedAt ? [` Started:\t${ago(status.StartedAt)}`] : []),
    ...(status.State === 'completed' && status.CompletedAt ? [` Completed:\t${ago(status.CompletedAt)}`] : []),
    ` Message:\t${status.Message ?? ''}`,
  ]
}

function placementLines(placement: TaskSpec['Placement']): string[] {
  const preferences = (placement?.Preferences ?? [])
    .filter(({ Spread }) => Spread)
    .map(({ Spread }) => `spread=${Spread?.SpreadDescriptor ?? ''}`)
  return [
    'Placement:',
    ...(placement?.Constraints?.length ? [` Constraints:\t[${placement.Constraints.join(' ')}]`] : []),
    ...(preferences.length > 0 ? [` Preferences:   [${preferences.join(' ')}]`] : []),
    ...(placement?.MaxReplicas ? [` Max Replicas Per Node:   ${placement.MaxReplicas}`] : []),
  ]
}

function changeLines(title: string, order: string, change: ServiceUpdateConfig | null | undefined): string[] {
  if (!change) return []
  const span = (nanoseconds: number): string => formatDuration(BigInt(nanoseconds))
  return [
    title,
    ` Parallelism:\t${change.Parallelism ?? 0}`,
    ...((change.Delay ?? 0) > 0 ? [` Delay:\t\t${span(change.Delay ?? 0)}`] : []),
    ` On failure:\t${change.FailureAction ?? ''}`,
    ...((change.Monitor ?? 0) > 0 ? [` Monitoring Period: ${span(change.Monitor ?? 0)}`] : []),
    ` Max failure ratio: ${sprint([value(float32, change.MaxFailureRatio ?? 0)])}`,
    ` ${order}${change.Order ?? ''}`,
  ]
}

function containerLines(spec: ServiceContainerSpec): string[] {
  const words = (list: readonly string[]): string => list.map((word) => `${word} `).join('')
  const { CapabilityAdd: added, CapabilityDrop: dropped } = spec
  const ulimits = Object.fromEntries((spec.Ulimits ?? []).map(({ Name, Soft, Hard }) => [Name, `${Soft}:${Hard}`]))
  return [
    'ContainerSpec:',
    ` Image:\t\t${spec.Image ?? ''}`,
    ...(spec.Args?.length ? [` Args:\t\t${words(spec.Args)}`] : []),
    ...(spec.Env?.length ? [` Env:\t\t${words(spec.Env)}`] : []),
    ...(spec.Dir ? [` Dir:\t\t${spec.Dir}`] : []),
    ...(typeof spec.Init === 'boolean' ? [` Init:\t\t${spec.Init}`] : []),
    ...(spec.User ? [` User: ${spec.User}`] : []),
    ...(added?.length || dropped?.length ? ['Capabilities:'] : []),
    ...(added?.length ? [` Add: ${added.join(', ')}`] : []),
    ...(dropped?.length ? [` Drop: ${dropped.join(', ')}`] : []),
    ...mapLines('SysCtls:', spec.Sysctls, ' ', ': '),
    ...mapLines('Ulimits:', ulimits, ' ', ': '),
    ...mountLines(spec.Mounts ?? []),
    ...fileLines(
      'Configs:',
      (spec.Configs ?? []).map(({ File, ConfigName = '' }) => [File?.Name ?? '', ConfigName]),
    ),
    ...fileLines(
      'Secrets:',
      (spec.Secrets ?? []).map(({ File, SecretName = '' }) => [File?.Name ?? '', SecretName]),
    ),
  ]
}

function mountLines(mounts: NonNullable<ServiceContainerSpec['Mounts']>): string[] {
  if (mounts.length === 0) return []
  return [
    'Mounts:',
    ...mounts.flatMap((mount) => [
      ` Target:\t${mount.Target ?? ''}`,
      `  Source:\t${mount.Source ?? ''}`,
      `  ReadOnly:\t${mount.ReadOnly ?? false}`,
      `  Type:\t\t${mount.Type ?? ''}`,
    ]),
  ]
}

function fileLines(title: string, files: readonly (readonly string[])[]): string[] {
  if (files.length === 0) return []
  return [title, ...files.flatMap(([target = '', source = '']) => [` Target:\t${target}`, `  Source:\t${source}`])]
}

function logText(driver: TaskSpec['LogDriver']): string {
  if (!driver) return ''
  const name = driver.Name ? [` Name:\t\t${driver.Name}`] : []
  return `\n${['Log Driver:', ...name, ...mapLines(' LogOpts:', driver.Options, '  ', ':       ')].join('\n')}\n`
}

function resourcesText(resources: TaskSpec['Resources']): string {
  if (!resources) return ''
  const { Reservations: reserved, Limits: limits } = resources
  const amounts = ({ NanoCPUs = 0, MemoryBytes = 0 }: TaskResources): string[] => [
    ...(NanoCPUs > 0 ? [`  CPU:\t\t${sprint([value(float64, NanoCPUs / 1e9)])}`] : []),
    ...(MemoryBytes ? [`  Memory:\t${binarySize(MemoryBytes)}`] : []),
  ]
  const any = ({ NanoCPUs = 0, MemoryBytes = 0, Pids = 0 }: TaskResources): boolean =>
    NanoCPUs > 0 || MemoryBytes > 0 || Pids > 0
  const lines = ['Resources:']
  if (reserved && any({ ...reserved, Pids: 0 })) lines.push(' Reservations:', ...amounts(reserved))
  if (limits && any(limits)) lines.push(' Limits:', ...amounts(limits))
  if ((limits?.Pids ?? 0) > 0) lines.push(`  PIDs:\t\t${limits?.Pids}`)
  return `\n${lines.join('\n')}`
}

function portsText(ports: NonNullable<SwarmService['Endpoint']>['Ports']): string {
  if (!ports?.length) return ''
  const lines = ports.flatMap((port) => [
    ` PublishedPort = ${port.PublishedPort ?? 0}`,
    `  Protocol = ${port.Protocol ?? ''}`,
    `  TargetPort = ${port.TargetPort ?? 0}`,
    `  PublishMode = ${port.PublishMode ?? ''}`,
  ])
  return `\n${['Ports:', ...lines].join('\n')} `
}

function healthText(check: ServiceContainerSpec['Healthcheck']): string {
  if (!check) return ''
  const span = (nanoseconds = 0): string => formatDuration(BigInt(nanoseconds))
  const lines = [
    '',
    ' Healthcheck:',
    `  Interval = ${span(check.Interval)}`,
    `  Retries = ${check.Retries ?? 0}`,
    `  StartPeriod =\t${span(check.StartPeriod)}`,
    `  Timeout =\t${span(check.Timeout)}`,
  ]
  const tests = check.Test ?? []
  if (tests.length > 0) lines.push('  Tests:', ...tests.map((test) => `\t Test = ${test}`))
  return `${lines.join('\n')}${tests.length > 0 ? ' ' : ''}`
}
