import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatDuration, parseDuration } from '../../src/go/duration.ts'
import { formatTime } from '../../src/go/layout.ts'
import { formatFloat } from '../../src/go/number.ts'
import { formatRFC3339, parseRFC3339, timeString, unix } from '../../src/go/time.ts'
import { parseRule, parseZone, utc } from '../../src/go/zone.ts'

const { durations, times, zones, files, floats, layouts } = JSON.parse(
  readFileSync(new URL('number-vectors.json', import.meta.url), 'utf8'),
) as {
  durations: string[][]
  times: string[][]
  zones: [string, string, string][]
  files: Record<string, string>
  floats: string[][]
  layouts: string[]
}

describe('as Go has it', () => {
  test('floats in every format and precision', () => {
    const row = (text: string): string[] => {
      const n = Number(text)
      const formats = ['e', 'E', 'f', 'g', 'G', 'b', 'x', 'X']
      return formats.flatMap((format) => [
        ...[-1, 0, 1, 2, 5, 17, 30].map((precision) => formatFloat(n, format, precision)),
        formatFloat(n, format, -1, 32),
      ])
    }
    expect(floats.map(([text = '']) => [text, ...row(text)])).toEqual(floats)
  })

  test('durations', () => {
    const row = (text: string): string[] => {
      try {
        const n = parseDuration(text)
        return [text, formatDuration(n), String(n)]
      } catch (error) {
        return [text, `!${(error as Error).message}`]
      }
    }
    expect(durations.map(([text = '']) => row(text))).toEqual(durations)
  })

  test('times and their layouts', () => {
    const row = (text: string): string[] => {
      const instant = parseRFC3339(text)
      if (!instant) return [text, '!']
      return [
        text,
        timeString(instant),
        formatRFC3339(instant),
        ...layouts.map((layout) => formatTime(instant, layout)),
      ]
    }
    expect(times.map(([text = '']) => row(text))).toEqual(times)
  })

  test('local times by zone files', () => {
    const zone = (name: string) => parseZone(Buffer.from(files[name] ?? '', 'base64')) ?? utc
    const found = zones.map(([name, at]) => [name, at, timeString(unix(Number(at), 0, zone(name)))])
    expect(found).toEqual(zones)
  })

  test('a zone file that is none, and rules without summer time', () => {
    expect(parseZone(new Uint8Array(60))).toBeUndefined()
    expect(parseRule('<+0330>-3:30')?.(0)).toEqual({ offset: 12_600, name: '+0330' })
    expect(parseRule('nonsense')).toBeUndefined()
  })
})
