import { expect, test, vi } from 'vitest'
import { type Mode, openDisplay } from '../../../src/build/progress/display.ts'
import { log, vertex } from './events.ts'

/** A display whose writer answers as `send` does; what it wrote is in `text()`. */
function open(
  mode: Mode,
  { isTerminal = false, send }: { isTerminal?: boolean; send?: () => void | Promise<void> } = {},
) {
  const written: string[] = []
  const err = {
    isTerminal,
    size: () => ({ columns: 60, rows: 24 }),
    send(data: string | Uint8Array) {
      written.push(Buffer.from(data).toString())
      return send?.()
    },
    drain: () => undefined,
  }
  const description = { plain: 'building', terminal: 'docker:default' }
  const display = openDisplay(mode, { err, env: {}, colours: {}, now: () => new Date(), debug: false, description })
  return { display, text: () => written.join('') }
}

test('quiet shows nothing, and keeps the warnings', async () => {
  const { display, text } = open('quiet')
  const warning = { vertex: 'a', level: 1, short: Buffer.from('x'), detail: [], url: '', ranges: [] }
  await display.update({ warnings: [warning] })
  await display.done()
  expect(text()).toBe('')
  expect(display.warnings).toEqual([warning])
})

test('what comes too soon for a frame of its own is shown a little later', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
  try {
    const { display, text } = open('plain')
    await display.update({ vertexes: [vertex('a', 'one', { from: 0, to: 0.1 })] })
    await display.update({ vertexes: [vertex('b', 'two', { from: 0, to: 0.1 })] })
    expect(text()).not.toContain('two')
    await vi.advanceTimersByTimeAsync(150)
    expect(text()).toContain('#2 two\n')
    await display.done()
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a writer that fails ends the build at the next message', async () => {
  const { display } = open('plain', { send: () => Promise.reject(new Error('gone')) })
  await expect(display.update({ vertexes: [vertex('a', 'one', { from: 0 })] })).rejects.toThrow('gone')
  await expect(display.done()).rejects.toThrow('gone')
})

test('names cannot steer the terminal; output of a failed step comes once more', async () => {
  const { display, text } = open('tty', { isTerminal: true })
  await display.update({ vertexes: [vertex('a', 'RUN \x1b[2J', { from: 0 })] })
  await display.update(log('a', 0, 'one\ntwo\n'))
  await display.update({ vertexes: [vertex('a', 'RUN \x1b[2J', { from: 0, to: 1, error: 'exit code: 1' })] })
  await display.done()
  expect(text()).not.toContain('\x1b[2J')
  expect(text()).toMatch(/------\n > RUN \\x1b\[2J:\n0\.000 one\n0\.000 two\n------\n$/)
})

test('rawjson writes each message as it comes', async () => {
  const { display, text } = open('rawjson')
  await display.update(log('a', 0, 'x'))
  await display.done()
  expect(text()).toBe('{"logs":[{"vertex":"a","stream":1,"data":"eA==","timestamp":"2023-11-14T22:13:20Z"}]}\n')
})
