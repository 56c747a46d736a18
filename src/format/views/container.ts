import { compareStrings } from '../../go/strings.ts'
import type { ContainerSummary } from '../../engine/types/container.ts'
import type { Platform } from '../../engine/types/platform.ts'
import { familiarString, parseReference, type Reference } from '../../parse/reference.ts'
import { quote } from '../../go/quote.ts'
import { timeString, unix } from '../../go/time.ts'
import { embed, method, methods, ptr, str, struct, type Value, value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import { humanDuration, humanSize } from '../human.ts'
import { displayPorts } from '../ports.ts'
import { ellipsis, shortId } from '../text.ts'
import { platform } from '../../wire/descriptor.ts'
import { labelText } from './labels.ts'
import type { ListView } from '../formatter.ts'

export interface ContainerRowOptions {
  /** Cuts IDs, commands and the like to what fits a line. */
  readonly truncate: boolean
  readonly now: Date
  readonly zone: Zone
  /** Called when the size is looked at. */
  readonly onSize?: () => void
}

/** How containers are listed; `size` adds what their files take. */
export const containerView = (size: boolean): ListView => ({
  header,
  template: (format, quiet) => containerTemplate(format, quiet, size),
  configKey: 'psFormat',
})

const header = {
  ID: 'CONTAINER ID',
  Names: 'NAMES',
  Image: 'IMAGE',
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  RunningFor: 'CREATED',
  Ports: 'PORTS',
  State: 'STATE',
  Status: 'STATUS',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  LocalVolumes: 'LOCAL VOLUMES',
  Networks: 'NETWORKS',
  Platform: 'PLATFORM',
  HealthStatus: 'HEALTH STATUS',
}

const tableFormat = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}'
const rawFormat = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`

/** The template that `format` stands for; empty is a table (docker/cli formatter.NewContainerFormat). */
function containerTemplate(format: string, quiet: boolean, size: boolean): string {
  if (format === 'raw') return quiet ? 'container_id: {{.ID}}' : `${rawFormat}${size ? 'size: {{.Size}}\n' : ''}`
  if (quiet) return '{{.ID}}'
  if (format === '' || format === 'table') return `${tableFormat}${size ? '\t{{.Size}}' : ''}`
  return format
}

/** A container as a row of a list. */
export function containerRow(container: Partial<ContainerSummary>, options: ContainerRowOptions): Value {
  return value(containerContext, { ...options, container })
}

interface Row extends ContainerRowOptions {
  readonly container: Partial<ContainerSummary>
}

const shownPlatform = struct(
  'formatter.Platform',
  { Platform: embed(platform) },
  { String: method(str, (of: Platform) => platformText(of)) },
)

/** A method that gives a string. */
const text = (show: (row: Row) => string) => method(str, show)

const containerContext = methods<Row>(
  '*formatter.ContainerContext',
  {
    ID: text(({ container: { Id = '' }, truncate }) => (truncate ? shortId(Id) : Id)),
    Names: text(namesText),
    Image: text(imageText),
    Command: text(({ container: { Command = '' }, truncate }) => quote(truncate ? ellipsis(Command, 20) : Command)),
    CreatedAt: text(({ container: { Created = 0 }, zone }) => timeString(unix(Created, 0, zone))),
    RunningFor: text(({ container: { Created = 0 }, now }) => `${humanDuration(now.getTime() - Created * 1000)} ago`),
    Platform: method(ptr(shownPlatform), ({ container }: Row) => container.ImageManifestDescriptor?.platform ?? null),
    Ports: text(({ container }) => displayPorts(container.Ports ?? [])),
    State: text(({ container }) => container.State ?? ''),
    Status: text(({ container }) => container.Status ?? ''),
    Size: text(sizeText),
    Labels: text(labelsText),
    Label: method(str, ({ container: { Labels } }: Row, name: string) => labelText(Labels, name), str),
    Mounts: text(mountsText),
    LocalVolumes: text(({ container }) =>
      String((container.Mounts ?? []).filter(({ Driver }) => Driver === 'local').length),
    ),
    Networks: text(({ container }) => Object.keys(container.NetworkSettings?.Networks ?? {}).join(',')),
    HealthStatus: text(healthText),
  },
  ['trunc', 'c'],
)

/** One name, not that of a legacy link (`/other/alias`); all of them when nothing is cut. */
function namesText({ container, truncate }: Row): string {
  const names = (container.Names ?? []).map((name) => (name.startsWith('/') ? name.slice(1) : name))
  return truncate ? (names.find((name) => !name.includes('/')) ?? '') : names.join(',')
}

/** Names in familiar form, which most are; the rest needs the whole grammar. */
const plainName = /^[a-z0-9][a-z0-9-]{0,31}(:[a-z0-9][a-z0-9.]{0,31})?$/

function imageText({ container: { Image = '', ImageID = '' }, truncate }: Row): string {
  if (Image === '') return '<no image>'
  if (!truncate) return Image
  const short = shortId(ImageID)
  if (short === shortId(Image)) return short
  if (plainName.test(Image)) return Image
  let reference: Reference
  try {
    reference = parseReference(Image)
  } catch {
    return Image
  }
  const { domain, path, tag } = reference
  return familiarString({ domain, path, ...(tag === undefined ? {} : { tag }) })
}

function sizeText({ container: { SizeRw = 0, SizeRootFs = 0 }, onSize }: Row): string {
  onSize?.()
  const own = humanSize(SizeRw, 3)
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own
}

function mountsText({ container, truncate }: Row): string {
  const names = (container.Mounts ?? []).map(({ Name, Source }) => Name || Source || '')
  return names.map((name) => (truncate ? ellipsis(name, 15) : name)).join(',')
}

/** Daemons before API 1.52 tell it inside the status only: `Up 2 hours (healthy)`. */
function healthText({ container: { Health, Status = '' } }: Row): string {
  if (Health?.Status) return Health.Status
  return /^[^(]*\((?:health: )?(healthy|unhealthy|starting)\)$/.exec(Status)?.[1] ?? ''
}

/** `linux/arm64/v8`, `windows(10.0.17763)/amd64` (containerd/platforms FormatAll). */
function platformText(of: Platform): string {
  if (!of.os) return 'unknown'
  const version = escapeOption(of['os.version'] ?? '')
  const features = [...new Set((of['os.features'] ?? []).toSorted())].filter((feature) => feature !== '')
  const options = `${version}${features.map((feature) => `+${escapeOption(feature)}`).join('')}`
  const os = options === '' ? of.os : `${of.os}(${options})`
  return [os, of.architecture, of.variant].filter((part) => part).join('/')
}

function escapeOption(text: string): string {
  return text.replace(/[%+()/]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function labelsText({ container }: Row): string {
  const labels = Object.entries(container.Labels ?? {}).map(([name, label]) => `${name}=${label}`)
  return labels.toSorted(compareStrings).join(',')
}
