// oxlint-disable no-control-regex
import { describe, expect, test } from 'vitest'
import type { Colours } from '../../../src/build/progress/colours.ts'
import type { SolveStatus } from '../../../src/build/progress/status.ts'
import { TerminalProgress } from '../../../src/build/progress/terminal.ts'
import { Trace } from '../../../src/build/progress/trace.ts'
import { at, log, status, vertex } from './events.ts'

const size = { columns: 60, rows: 24 }

/** A build of which frames are asked for at given seconds. */
function build(colours: Colours = {}) {
  const trace = new Trace()
  const progress = new TerminalProgress('docker:default', colours)
  return {
    take: (seconds: number, message: SolveStatus, now = size): void => {
      trace.update(message, at(seconds), (step, data) => progress.log(step, data, now))
    },
    frame: (seconds: number, isFinal = false, now = size) => progress.frame(trace, at(seconds), now, isFinal),
    /** The lines of a frame without what moves the cursor. */
    lines: (seconds: number, isFinal = false, now = size) =>
      progress
        .frame(trace, at(seconds), now, isFinal)
        .replace(/\x1b\[[?\d;]*[A-Za-z]|\r/g, '')
        .split('\n')
        .slice(0, -1),
  }
}

describe('progress on a terminal', () => {
  test('a line for the build, one for each step with its time, and its transfers below', () => {
    const { take, lines } = build()
    take(0, { vertexes: [vertex('a', '[internal] load context', { from: 0 }), vertex('b', 'later')] })
    take(1, { statuses: [status('a', 'transferring context:', { now: 1, from: 0, current: 2_500_000 })] })
    expect(lines(1.2)).toEqual([
      '[+] Building 1.2s (0/2)                      docker:default',
      ' => [internal] load context                            1.2s',
      ' => => transferring context: 2.50MB                    1.2s',
    ])
  })

  test('the end: finished, cached, failed and canceled steps', () => {
    const { take, lines } = build()
    take(0, {
      vertexes: [vertex('a', 'one', { from: 0, to: 0, cached: true }), vertex('b', 'two', { from: 0, to: 3 })],
    })
    expect(lines(3, true)[0]).toBe('[+] Building 3.0s (2/2) FINISHED             docker:default')
    take(4, { vertexes: [vertex('c', 'three', { from: 3, to: 4, error: 'exit code: 1' })] })
    take(4, { vertexes: [vertex('d', 'four', { from: 3, to: 4, error: 'context canceled' })] })
    expect(
      lines(4, true)
        .slice(1)
        .map((line) => line.replace(/ +/g, ' ')),
    ).toEqual([' => CACHED one 0.0s', ' => two 3.0s', ' => ERROR three 1.0s', ' => CANCELED four 1.0s'])
  })

  test('colours: what has ended, by how it ended', () => {
    const { take, frame } = build({ run: '34', error: '31', log: '2' })
    take(0, { vertexes: [vertex('a', 'one', { from: 0, to: 1 }), vertex('b', 'two', { from: 0, to: 1, error: 'no' })] })
    take(0, { vertexes: [vertex('c', 'three', { from: 0 })] })
    take(0, log('c', 0, 'hello\n'))
    const text = frame(1)
    expect(text).toMatch(/\x1b\[34m => one +1\.0s\x1b\[0m/)
    expect(text).toMatch(/\x1b\[31m => ERROR two +1\.0s\x1b\[0m/)
    expect(text).toMatch(/\n => three/)
    expect(text).toContain('\x1b[2m => => # hello\x1b[0m')
  })

  test('the last lines of a running step, which go when it ends', () => {
    const { take, lines } = build()
    take(0, { vertexes: [vertex('a', 'RUN make', { from: 0 })] })
    take(0, log('a', 0, Array.from({ length: 9 }, (_, i) => `line ${i}\n`).join('')))
    expect(lines(1).slice(2)).toEqual([3, 4, 5, 6, 7, 8].map((i) => ` => => # line ${i}`))
    take(2, { vertexes: [vertex('a', 'RUN make', { from: 0, to: 2 })] })
    expect(lines(2)).toHaveLength(2)
  })

  test('a frame takes the place of the one before, is synchronized, and clears what stands below', () => {
    const { take, frame } = build()
    take(0, { vertexes: [vertex('a', 'one', { from: 0 })] })
    expect(frame(0)).toMatch(/^\x1b\[\?2026h\x1b\[\?25l\r\[\+\]/)
    const second = frame(1)
    expect(second).toMatch(/^\x1b\[\?2026h\x1b\[\?25l\x1b\[2A\r\[\+\]/)
    expect(second).toMatch(/\n\x1b\[J\x1b\[\?25h\x1b\[\?2026l$/)
    // The terminal has broken both lines in two.
    expect(frame(2, false, { columns: 30, rows: 24 })).toContain('\x1b[4A')
  })

  test('no line is longer than the terminal is wide, whatever the names', () => {
    const { take, lines } = build()
    take(0, {
      vertexes: [vertex('a', `名前 ${'x'.repeat(100)}`, { from: 0 }), vertex('b', 'a\tb\x1b[2J', { from: 0 })],
    })
    const [, first = '', second = ''] = lines(1)
    expect(first).toMatch(/^ => 名前 x+  +1\.0s$|^ => 名前 x+ +1\.0s$/)
    expect(first.length).toBe(57)
    expect(second).toContain('a b\\x1b[2J')
  })

  test('on a low terminal what runs stays, and the newest of the rest', () => {
    const { take, lines } = build()
    const low = { columns: 60, rows: 6 }
    take(0, { vertexes: [vertex('run', 'running', { from: 0 })] })
    for (let i = 0; i < 8; i++) take(1, { vertexes: [vertex(`s${i}`, `step ${i}`, { from: 0, to: 1 })] })
    const names = lines(1, false, low)
      .slice(1)
      .map((line) => line.slice(4, 11).trim())
    expect(names).toEqual(['running', 'step 5', 'step 6', 'step 7'])
    expect(lines(1, true, low)).toHaveLength(10)
  })
})
