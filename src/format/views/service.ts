import type { SwarmService } from '../../engine/types/service.ts'
import type { SwarmPort } from '../../engine/types/swarm.ts'
import { method, methods, str, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { shortId } from '../text.ts'
import { imageWithoutDigest } from './swarm-text.ts'

/** How services are listed. */
export const serviceView: ListView = {
  header: {
    ID: 'ID',
    Name: 'NAME',
    Mode: 'MODE',
    Replicas: 'REPLICAS',
    Image: 'IMAGE',
    Ports: 'PORTS',
  },
  template: serviceTemplate,
  configKey: 'servicesFormat',
}

/** The template that `format` stands for (docker/cli command/service NewListFormat). */
function serviceTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') {
    return quiet ? '{{.ID}}' : 'table {{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}'
  }
  if (format !== 'raw') return format
  const id = 'id: {{.ID}}'
  return quiet
    ? id
    : `${id}\nname: {{.Name}}\nmode: {{.Mode}}\nreplicas: {{.Replicas}}\nimage: {{.Image}}\nports: {{.Ports}}\n`
}

const serviceContext = methods<SwarmService>(
  '*service.serviceContext',
  {
    ID: method(str, ({ ID }: SwarmService) => shortId(ID)),
    Name: method(str, ({ Spec }: SwarmService) => Spec?.Name ?? ''),
    Mode: method(str, modeText),
    Replicas: method(str, replicasText),
    Image: method(str, ({ Spec }: SwarmService) => imageWithoutDigest(Spec?.TaskTemplate?.ContainerSpec?.Image ?? '')),
    Ports: method(str, ({ Endpoint }: SwarmService) => portsText(Endpoint?.Ports ?? [])),
  },
  ['service'],
)

function modeText({ Spec }: SwarmService): string {
  const { Global, Replicated, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  if (Global) return 'global'
  if (Replicated) return 'replicated'
  if (ReplicatedJob) return 'replicated job'
  return GlobalJob ? 'global job' : ''
}

function replicasText({ Spec, ServiceStatus }: SwarmService): string {
  const { RunningTasks: running = 0, DesiredTasks: desired = 0, CompletedTasks: completed = 0 } = ServiceStatus ?? {}
  const { Replicated, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  if (ReplicatedJob) return `${running}/${desired} (${completed}/${ReplicatedJob.TotalCompletions ?? 0} completed)`
  if (GlobalJob) return `${running}/${desired} (${completed}/${desired + completed} completed)`
  const most = Replicated ? (Spec?.TaskTemplate?.Placement?.MaxReplicas ?? 0) : 0
  return `${running}/${desired}${most > 0 ? ` (max ${most} per node)` : ''}`
}

interface PortRange {
  readonly protocol: string
  readonly first: number
  last: number
  readonly target: number
  lastTarget: number
}

/** Ports published on every node, neighbours joined: `*:8000-8002->80-82/tcp`. */
function portsText(ports: readonly SwarmPort[]): string {
  const published = ports
    .map(({ Protocol = '', TargetPort = 0, PublishedPort = 0, PublishMode = '' }) => ({
      Protocol,
      TargetPort,
      PublishedPort,
      PublishMode,
    }))
    .toSorted((a, b) =>
      a.Protocol === b.Protocol ? a.PublishedPort - b.PublishedPort : a.Protocol < b.Protocol ? -1 : 1,
    )
    .filter(({ PublishMode }) => PublishMode === 'ingress')
  const ranges: PortRange[] = []
  for (const { Protocol, TargetPort, PublishedPort } of published) {
    const range = ranges.at(-1)
    if (range && joins(range, Protocol, PublishedPort, TargetPort)) {
      range.last = PublishedPort
      range.lastTarget = TargetPort
    } else {
      ranges.push({
        protocol: Protocol,
        first: PublishedPort,
        last: PublishedPort,
        target: TargetPort,
        lastTarget: TargetPort,
      })
    }
  }
  return ranges
    .filter(({ first }) => first > 0)
    .map(
      ({ protocol, first, last, target, lastTarget }) =>
        `*:${span(first, last)}->${span(target, lastTarget)}/${protocol}`,
    )
    .join(', ')
}

/** Whether a port goes on where a range ends; ports that go to the same target are not a range of targets. */
function joins(range: PortRange, protocol: string, published: number, target: number): boolean {
  const isRange = range.lastTarget !== range.target
  // Ports are unsigned in the reference: a step down is a long way.
  const step = (to: number, from: number): number => (to - from) >>> 0
  return (
    protocol === range.protocol &&
    step(published, range.last) <= 1 &&
    step(target, range.lastTarget) <= 1 &&
    !(isRange && target <= range.lastTarget)
  )
}

function span(first: number, last: number): string {
  return last > first ? `${first}-${last}` : `${first}`
}

/** The rows of a list. */
export function serviceRows(services: readonly SwarmService[]): Value[] {
  return services.map((service) => value(serviceContext, service))
}
