import { formatFloat } from '../../go/number.ts'
import { method, methods, str, type Value, value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { binarySize, humanSize } from '../human.ts'
import { shortId } from '../text.ts'

/** What a container uses. Without `figures` there are none: it does not run, or does not answer. */
export interface StatsEntry {
  /** The name or ID by which the container was asked for. */
  readonly container: string
  readonly id: string
  readonly name: string
  readonly figures?: Figures | undefined
}

/** Sizes in bytes, shares in percent. */
export interface Figures {
  readonly cpu: number
  readonly memory: number
  readonly memoryLimit: number
  readonly memoryShare: number
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
  readonly pids: number
}

/** How the use of containers on such a system is listed (docker/cli container formatter_stats.go). */
export const statsView = (osType: string): ListView => ({
  header: {
    Container: 'CONTAINER',
    Name: 'NAME',
    ID: 'CONTAINER ID',
    CPUPerc: 'CPU %',
    MemUsage: osType === 'windows' ? 'PRIV WORKING SET' : 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
  template: (format) => statsTemplate(format, osType),
  configKey: 'statsFormat',
})

/** The template that `format` stands for; empty is a table. */
function statsTemplate(format: string, osType: string): string {
  if (format !== '' && format !== 'table') return format
  const table = 'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}'
  if (osType === 'windows') return `${table}\t{{.NetIO}}\t{{.BlockIO}}`
  return `${table}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}`
}

/** A container's use as a row of a list. */
export function statsRow(entry: StatsEntry, options: { osType: string; truncate: boolean }): Value {
  return value(statsContext, { entry, ...options })
}

interface Row {
  readonly entry: StatsEntry
  readonly osType: string
  readonly truncate: boolean
}

const none = '--'

const statsContext = methods<Row>(
  '*container.statsContext',
  {
    Container: text(({ entry }) => entry.container),
    Name: text(({ entry }) => entry.name.replace(/^\//, '') || none),
    ID: text(({ entry, truncate }) => (truncate ? shortId(entry.id) : entry.id)),
    CPUPerc: figure(({ cpu }) => percent(cpu)),
    MemUsage: text(memoryText),
    MemPerc: figure(({ memoryShare }, osType) => (osType === 'windows' ? none : percent(memoryShare))),
    NetIO: figure(({ received, sent }) => pair(received, sent)),
    BlockIO: figure(({ read, written }) => pair(read, written)),
    PIDs: figure(({ pids }, osType) => (osType === 'windows' ? none : String(pids))),
  },
  ['s', 'os', 'trunc'],
)

function text(show: (row: Row) => string) {
  return method(str, show)
}

function figure(show: (figures: Figures, osType: string) => string) {
  return text(({ entry: { figures }, osType }) => (figures === undefined ? none : show(figures, osType)))
}

function memoryText({ entry: { figures }, osType }: Row): string {
  if (figures === undefined) return `${none} / ${none}`
  const used = binarySize(figures.memory)
  return osType === 'windows' ? used : `${used} / ${binarySize(figures.memoryLimit)}`
}

function percent(share: number): string {
  return `${formatFloat(share, 'f', 2)}%`
}

function pair(a: number, b: number): string {
  return `${humanSize(a, 3)} / ${humanSize(b, 3)}`
}
