import { command, noArgs } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { filter, string } from '../../cli/flags.ts'
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
    for await (const text of texts) {
      checkJson(text)
      await out.send(show(decode(eventMessage, text)))
    }
  },
})

/** Gives what writes an event; throws, status 64, for a template that does not parse or fails on an empty event. */
async function eventFormat(format: string, zone: Zone, terminal: boolean): Promise<(event: Value) => Uint8Array> {
  if (format === '') {
    const shown = terminal ? visibleCell : (line: string): string => line
    return (event) => toBytes(`${shown(eventLine(event.raw as ShownEvent, zone))}\n`)
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
    return (event) => toBytes(`${template.execute(event)}\n`)
  } catch (error) {
    throw wrap(error, 'Error parsing format', { code: 'bad-format', exitCode: 64 })
  }
}

function time(text: string | undefined, now: Date): string | undefined {
  return text === undefined || text === '' ? undefined : parseTimestamp(text, now)
}
