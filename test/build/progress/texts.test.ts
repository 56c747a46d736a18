// oxlint-disable no-control-regex
import { describe, expect, test } from 'vitest'
import { coloursOf } from '../../../src/build/progress/colours.ts'
import { rawJson } from '../../../src/build/progress/raw-json.ts'
import { sourceLines } from '../../../src/build/progress/source.ts'
import { warningText } from '../../../src/build/progress/warnings.ts'
import { at, log, status, vertex } from './events.ts'

const source = (lines: number) => ({
  filename: 'Dockerfile',
  language: 'Dockerfile',
  data: Buffer.from(Array.from({ length: lines }, (_, i) => `RUN ${i + 1}`).join('\n')),
})
const range = (from: number, to = from) => ({ start: { line: from, character: 0 }, end: { line: to, character: 0 } })
const rule = '--------------------\n'

describe('the lines that something is about', () => {
  test('four around one', () => {
    expect(sourceLines(source(9), [range(5)])).toBe(
      `Dockerfile:5\n${rule}   3 |     RUN 3\n   4 |     RUN 4\n   5 | >>> RUN 5\n   6 |     RUN 6\n   7 |     RUN 7\n${rule}`,
    )
  })

  test('at the end of the file all are above', () => {
    expect(sourceLines(source(5), [range(5)])).toBe(
      `Dockerfile:5\n${rule}   3 |     RUN 3\n   4 |     RUN 4\n   5 | >>> RUN 5\n${rule}`,
    )
  })

  test('two around several, and none where the lines are not there', () => {
    expect(sourceLines(source(9), [range(4, 5)])).toBe(
      `Dockerfile:4\n${rule}   3 |     RUN 3\n   4 | >>> RUN 4\n   5 | >>> RUN 5\n   6 |     RUN 6\n${rule}`,
    )
    expect(sourceLines(source(2), [range(7)])).toBe('')
    expect(sourceLines(source(2), [])).toBe('')
  })
})

describe('warnings', () => {
  const warning = {
    vertex: 'a',
    level: 1,
    short: Buffer.from('FromAsCasing: no'),
    detail: [Buffer.from('The case differs')],
    url: 'https://docs.docker.com/go/x',
    source: source(3),
    ranges: [range(2)],
  }

  test('each once, in short', () => {
    expect(warningText([warning, { ...warning, vertex: 'b' }], false, {})).toBe(
      '\n 1 warning found (use docker --debug to expand):\n - FromAsCasing: no\n',
    )
    expect(warningText([], false, {})).toBe('')
  })

  test('with all that is known of them', () => {
    const text = warningText([warning, { ...warning, short: Buffer.from('Other') }], true, { warning: '33' })
    expect(text).toMatch(
      /^\n \x1b\[33m2 warnings found:\x1b\[0m\n - FromAsCasing: no\nThe case differs\nMore info: https/,
    )
    expect(text).toContain('   2 | >>> RUN 2\n')
  })
})

describe('colours', () => {
  test('NO_COLOR', () => {
    expect(coloursOf({ NO_COLOR: '1', BUILDKIT_COLORS: 'run=red' })).toEqual({ colours: {}, problems: [] })
  })

  test('names and numbers of BUILDKIT_COLORS', () => {
    const { colours, problems } = coloursOf({ BUILDKIT_COLORS: 'run=light-green:error=200,10,10:Cancel=default' })
    expect(colours).toEqual({ run: '92', error: '38;5;160', cancel: '39', warning: '33', log: '2' })
    expect(problems).toEqual([])
  })

  test('what is wrong is told, the rest holds', () => {
    const { colours, problems } = coloursOf({ BUILDKIT_COLORS: 'run=mauve:error:done=red:cancel=1,2,999:warning=blue' })
    expect(colours).toEqual({ run: '34', error: '31', cancel: '33', warning: '34', log: '2' })
    expect(problems).toEqual([
      'Unknown color value found in BUILDKIT_COLORS: run=mauve',
      'Could not parse BUILDKIT_COLORS component: error',
      'Unknown key found in BUILDKIT_COLORS (expected: run, cancel, error, or warning): done',
      'Unknown color value found in BUILDKIT_COLORS: cancel=1,2,999',
    ])
  })
})

describe('rawjson', () => {
  test('a message as Go writes it: nothing empty but amounts and ids', () => {
    const message = {
      vertexes: [vertex('sha256:a', 'RUN <x>', { from: 0.5, cached: true, inputs: ['sha256:b'] })],
      statuses: [status('sha256:a', 'sha', { now: 1, from: 0 })],
      ...log('sha256:a', 1, 'hi'),
    }
    expect(rawJson(message)).toBe(
      '{"vertexes":[{"digest":"sha256:a","inputs":["sha256:b"],"name":"RUN \\u003cx\\u003e","started":"2023-11-14T22:13:20.5Z","cached":true}],' +
        '"statuses":[{"id":"sha","vertex":"sha256:a","current":0,"timestamp":"2023-11-14T22:13:21Z","started":"2023-11-14T22:13:20Z"}],' +
        '"logs":[{"vertex":"sha256:a","stream":1,"data":"aGk=","timestamp":"2023-11-14T22:13:21Z"}]}\n',
    )
    expect(at(0)).toBe(1_700_000_000_000_000_000n)
  })
})
