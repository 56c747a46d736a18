import { describe, expect, test } from 'vitest'
import { failureLogs } from '../../../src/build/progress/failures.ts'
import { type Piece, PlainProgress } from '../../../src/build/progress/plain.ts'
import type { SolveStatus } from '../../../src/build/progress/status.ts'
import { Trace } from '../../../src/build/progress/trace.ts'
import { at, log, status, vertex } from './events.ts'

/** What the plain display prints of messages that come at the given seconds. */
function printed(messages: readonly [number, SolveStatus][], longestName?: number): string {
  const trace = new Trace()
  const progress = new PlainProgress('building with "default" instance using docker driver', longestName)
  const pieces: Piece[] = []
  for (const [seconds, message] of messages) {
    trace.update(message, at(seconds))
    pieces.push(...progress.print(trace, at(seconds)))
  }
  pieces.push(...failureLogs(trace, (step) => progress.lastLogs(step)))
  return pieces.map((piece) => Buffer.from(piece).toString()).join('')
}

const head = '#0 building with "default" instance using docker driver\n\n'

describe('plain progress', () => {
  test('numbers the steps, tells their transfers and how long they took', () => {
    const load = vertex('a', '[internal] load build context', { from: 0 })
    const out = printed([
      [0, { vertexes: [load, vertex('b', '[1/2] FROM busybox')] }],
      [0, { statuses: [status('a', 'transferring context:', { now: 0, from: 0 })] }],
      [0.5, { statuses: [status('a', 'transferring context:', { now: 0.5, from: 0, to: 0.5, current: 1_234_567 })] }],
      [0.6, { vertexes: [{ ...load, completed: at(0.6) }] }],
      [0.7, { vertexes: [vertex('b', '[1/2] FROM busybox', { from: 0.7, to: 0.7, cached: true })] }],
    ])
    expect(out).toBe(
      `${head}#1 [internal] load build context\n#1 transferring context:\n#1 transferring context: 1.23MB 0.5s done\n` +
        '#1 DONE 0.6s\n\n#2 [1/2] FROM busybox\n#2 CACHED\n',
    )
  })

  test('puts the time before a line of output, and goes on with a line that was open', () => {
    const out = printed([
      [0, { vertexes: [vertex('a', 'RUN make', { from: 0 })] }],
      [1, log('a', 0.25, 'one\ntw')],
      [12, log('a', 12.345, 'o\nthree\n')],
      [130, log('a', 130.04, 'late\n')],
      [131, { vertexes: [vertex('a', 'RUN make', { from: 0, to: 131 })] }],
    ])
    expect(out).toBe(`${head}#1 RUN make\n#1 0.250 one\n#1 0.250 two\n#1 12.35 three\n#1 130.0 late\n#1 DONE 131.0s\n`)
  })

  test('says which step it leaves and comes back to it', () => {
    const out = printed([
      [0, { vertexes: [vertex('a', 'RUN slow', { from: 0 })] }],
      [0, log('a', 0, 'begun')],
      [1, { vertexes: [vertex('b', 'RUN quick', { from: 0.5, to: 1 })] }],
      [2, log('a', 2, ', done\n')],
    ])
    expect(out).toBe(
      `${head}#1 RUN slow\n#1 0.000 begun\n#1 ...\n\n#2 RUN quick\n#2 DONE 0.5s\n\n` +
        '#1 RUN slow\n#1 0.000 begun, done\n',
    )
  })

  test('tells of a transfer again only when much of it has come, or time has gone by', () => {
    const part = (now: number, current: number) => status('a', 'layer', { now, from: 0, current, total: 1000 })
    const out = printed([
      [0, { vertexes: [vertex('a', 'pull', { from: 0 })] }],
      [0, { statuses: [part(0, 100)] }],
      [1, { statuses: [part(1, 120)] }],
      [2, { statuses: [part(2, 160)] }],
      [7.5, { statuses: [part(7.5, 170)] }],
    ])
    expect(out).toBe(
      `${head}#1 pull\n#1 layer 100B / 1.00kB\n#1 layer 160B / 1.00kB 2.0s\n#1 layer 170B / 1.00kB 7.5s\n`,
    )
  })

  test('a step that fails: the error, the canceled ones, and its last ten lines', () => {
    const lines = Array.from({ length: 12 }, (_, i) => `line ${i + 1}\n`).join('')
    const out = printed([
      [0, { vertexes: [vertex('a', 'RUN false', { from: 0 }), vertex('b', 'RUN sleep', { from: 0 })] }],
      [0, log('a', 0, `${lines}last`)],
      [1, { vertexes: [vertex('a', 'RUN false', { from: 0, to: 1, error: 'exit code: 1' })] }],
      [1, { vertexes: [vertex('b', 'RUN sleep', { from: 0, to: 1, error: 'x: context canceled' })] }],
    ])
    expect(out).toContain('#1 ERROR: exit code: 1\n')
    expect(out).toContain('#2 CANCELED\n')
    expect(out.slice(out.indexOf('------'))).toBe(
      `------\n > RUN false:\n${Array.from({ length: 9 }, (_, i) => `0.000 line ${i + 4}\n`).join('')}0.000 last\n------\n`,
    )
  })

  test('members of a group are one step, hidden while only weak ones have run', () => {
    const group = { id: 'g', name: '[2/2] COPY --link a b', weak: false }
    const out = printed([
      [0, { vertexes: [vertex('m', 'merge', { from: 0, to: 1, group: { ...group, weak: true } })] }],
      [1, { vertexes: [vertex('n', 'copy', { from: 1, to: 2, group })] }],
    ])
    expect(out).toBe(`${head}#1 [2/2] COPY --link a b\n#1 DONE 2.0s\n`)
  })

  test('warnings and names that are cut', () => {
    const short = Buffer.from('FromAsCasing: ...')
    const out = printed(
      [
        [0, { vertexes: [vertex('a', 'a long name', { from: 0 })] }],
        [0, { warnings: [{ vertex: 'a', level: 1, short, detail: [], url: '', ranges: [] }] }],
        [1, { vertexes: [vertex('a', 'a long name', { from: 0, to: 1 })] }],
      ],
      6,
    )
    expect(out).toBe(`${head}#1 a long...\n#1 WARN: FromAsCasing: ...\n#1 DONE 1.0s\n`)
  })
})
