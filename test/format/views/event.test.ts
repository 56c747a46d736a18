import { expect, it } from 'vitest'
import { utc } from '../../../src/go/zone.ts'
import { eventLine, type ShownEvent } from '../../../src/format/views/event.ts'

const actor = { ID: 'abc', Attributes: { name: 'web', image: 'nginx' } }

it.each<[string, ShownEvent]>([
  ['  ', {}],
  ['container start abc (image=nginx, name=web)', { Type: 'container', Action: 'start', Actor: actor }],
  ['2024-01-01T00:00:00.000000000Z daemon reload ', { Type: 'daemon', Action: 'reload', time: 1704067200 }],
  [
    '2025-11-21T02:56:36.123456789Z a b c',
    { Type: 'a', Action: 'b', Actor: { ID: 'c', Attributes: null }, time: 5, timeNano: 1763693796123456789n },
  ],
  ['1969-12-31T23:59:59.999999999Z    (a=b)', { timeNano: -1, Actor: { Attributes: new Map([['a', 'b']]) } }],
])('%j', (line, event) => {
  expect(eventLine(event, utc)).toBe(line)
})

it('shows the time of the zone', () => {
  const zone = () => ({ offset: 19800, name: 'IST' })
  expect(eventLine({ time: 1704067200 }, zone)).toBe('2024-01-01T05:30:00.000000000+05:30   ')
})
