import { expect, it } from 'vitest'
import { log } from '../../src/errors/log.ts'

function logged(level: 'error' | 'warning', message: string, { logLevel = 'info', isTerminal = false } = {}): string {
  let text = ''
  const line = (written: string) => void (text += `${written}\n`)
  const write = (bytes: Uint8Array) => void (text += Buffer.from(bytes).toString())
  const err = { fd: 2, isTerminal, size: () => undefined, write, line } as unknown as Parameters<typeof log>[0]['err']
  log({ err, globals: { logLevel }, now: () => new Date('2024-01-02T03:04:05Z') }, level, message)
  return text
}

it('gives time, level and message to programs, quoted where they need it', () => {
  expect(logged('error', 'no "x"')).toMatch(
    /^time="2024-01-0\dT\d\d:\d\d:05(Z|[+-]\d\d:\d\d)" level=error msg="no \\"x\\""\n$/,
  )
  expect(logged('warning', 'plain')).toMatch(/ level=warning msg=plain\n$/)
})

it('gives people a short form', () => {
  expect(logged('error', 'gone', { isTerminal: true })).toBe(`\x1b[31mERRO\x1b[0m[0000] ${'gone'.padEnd(44)} \n`)
})

it('keeps to the log level', () => {
  expect(logged('warning', 'x', { logLevel: 'error' })).toBe('')
  expect(logged('error', 'x', { logLevel: 'fatal' })).toBe('')
  expect(logged('warning', 'x', { logLevel: 'warn' })).not.toBe('')
})
