import { command, noArgs } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { filter, string } from '../../cli/flags.ts'
import { conform } from '../../go/conform.ts'
import { decode } from '../../go/decode.ts'
import { toBytes } from '../../go/strings.ts'
import { visibleCell } from '../../go/visible.ts'
import { ptr, value, type Value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import { checkJson } from '../../format/json-stream.ts'
import { eventLine, type ShownEvent } from '../../format/views/event.ts'
import { eventMessage } from '../../wire/event.ts'
import { parseTimestamp } from '../../parse/timestamp.ts'
import { localZone } from '../_local-zone.ts'

export default command({
  path: ['system events', 'events'],
  summary: 'Stream events from the daemon',
  args: noArgs,
  flags: {
    since: string('Show events since a timestamp or relative time, such as "10m"'),
    until: string('Show events until a timestamp or relative time, then exit'),
    filter: filter('Filter events by condition, such as "type=container"', { short: 'f', complete: 'event-filters' }),
    format: string('Format each event: "json" or a Go template'),
  },
  async run(context, { options }) {
    const { engine, now, out, signal } = context
    const show = await eventFormat(options.format ?? '', localZone(context), out.isTerminal)
    const { system } = await engine()
    const since = time(options.since, now())
    const until = time(options.until, now())
    const texts = await system.eventTexts({ since, until, filters: options.filter ?? {}, signal })
    for await (const batch of texts) {
      let lines = ''
      try {
        for (const text of batch) lines += `${show(text)}\n`
      } finally {
        // In one write, what came before one that cannot be shown as well.
        if (lines !== '') await out.send(toBytes(lines))
      }
    }
  },
})

/** Gives what shows an event's text; throws, status 64, for a template that does not parse or fails on an empty event. */
async function eventFormat(format: string, zone: Zone, terminal: boolean): Promise<(text: string) => string> {
  if (format === '') {
    const shown = terminal ? visibleCell : (line: string): string => line
    return (text) => shown(eventLine(usualEvent(text) ?? (decodeEvent(text).raw as ShownEvent), zone))
  }
  const [{ compile }, { dockerFunctions }] = await Promise.all([
    import('../../format/template/template.ts'),
    import('../../format/template/docker.ts'),
  ])
  try {
    const template = compile('', format === 'json' ? '{{json .}}' : format, {
      funcs: dockerFunctions,
      terminal: terminal ? 'rows' : undefined,
    })
    template.execute(value(ptr(eventMessage), {}))
    return (text) => template.execute(decodeEvent(text))
  } catch (error) {
    throw wrap(error, 'Error parsing format', { code: 'bad-format', exitCode: 64 })
  }
}

function decodeEvent(text: string): Value {
  checkJson(text)
  return decode(eventMessage, text)
}

/**
 * An event as daemons write them, read in a quarter of the time; undefined for one that only `decodeEvent` reads as Go does. JSON.parse
 * rounds the nanoseconds, which are taken from the text.
 */
function usualEvent(text: string): ShownEvent | undefined {
  const nanoseconds = USUAL_END.exec(text)?.[1]
  if (nanoseconds === undefined || text.includes('\\')) return undefined
  try {
    return { ...(conform(eventMessage, JSON.parse(text)) as ShownEvent), timeNano: BigInt(nanoseconds) }
  } catch {
    return undefined
  }
}

/** What Go writes last of an event. */
const USUAL_END = /,"time":\d{1,15},"timeNano":(\d{1,18}|[1-8]\d{18})\}\s*$/

function time(text: string | undefined, now: Date): string | undefined {
  return text === undefined || text === '' ? undefined : parseTimestamp(text, now)
}
