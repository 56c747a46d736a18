import { formatTime } from '../../go/layout.ts'
import { compareStrings } from '../../go/strings.ts'
import { unix } from '../../go/time.ts'
import type { Zone } from '../../go/zone.ts'

type Attributes = Readonly<Record<string, string>> | ReadonlyMap<string, string>

/** What an event's line shows; 64-bit numbers may be bigints. */
export interface ShownEvent {
  readonly Type?: string
  readonly Action?: string
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Attributes | null }
  /** Unix seconds, and the same in nanoseconds, which counts where it is there. */
  readonly time?: number | bigint
  readonly timeNano?: number | bigint
}

/** `2024-01-02T03:04:05.000000006Z container start abc (image=nginx, name=web)` (docker/cli system prettyPrintEvent). */
export function eventLine(event: ShownEvent, zone: Zone): string {
  const { ID = '', Attributes } = event.Actor ?? {}
  const pairs = entries(Attributes ?? {}).toSorted(([a], [b]) => compareStrings(a, b))
  const attributes = pairs.length === 0 ? '' : ` (${pairs.map(([name, text]) => `${name}=${text}`).join(', ')})`
  return `${timeOf(event, zone)}${event.Type ?? ''} ${event.Action ?? ''} ${ID}${attributes}`
}

function entries(attributes: Attributes): [string, string][] {
  return attributes instanceof Map ? [...attributes] : Object.entries(attributes)
}

function timeOf({ time = 0, timeNano = 0 }: ShownEvent, zone: Zone): string {
  const nanoseconds = BigInt(timeNano) || BigInt(time) * second
  if (nanoseconds === 0n) return ''
  const rest = ((nanoseconds % second) + second) % second
  const instant = unix(Number((nanoseconds - rest) / second), Number(rest), zone)
  return `${formatTime(instant, '2006-01-02T15:04:05.000000000Z07:00')} `
}

const second = 1_000_000_000n
