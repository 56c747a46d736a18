import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { confirm } from '../../src/commands/_confirm.ts'
import { inputOf } from '../harness.ts'

function ask(stdin: PassThrough, signal = new AbortController().signal) {
  let said = ''
  const write = (text: string | Uint8Array) => void (said += text.toString())
  const line = (text: string) => write(`${text}\n`)
  const out = { fd: 1, isTerminal: false, size: () => undefined, write, line, send: write, drain: () => undefined }
  const answer = confirm({ in: inputOf(() => stdin), out, signal }, 'Sure?')
  return { answer, said: () => said }
}

describe('confirm', () => {
  it.each([
    ['y\n', true],
    ['Y\n', true],
    ['  y  \nn\n', true],
    ['y', true],
    ['yes\n', false],
    ['n\n', false],
    ['\ny\n', false],
    ['', false],
  ])('takes %j as %s', async (text, expected) => {
    const { answer, said } = ask(new PassThrough().end(text))
    expect(await answer).toBe(expected)
    expect(said()).toBe('Sure? [y/N] ')
  })

  it('answers at the line feed, whatever comes after', async () => {
    const stdin = new PassThrough()
    const { answer } = ask(stdin)
    stdin.write(' y')
    stdin.write('\nmore')
    expect(await answer).toBe(true)
  })

  it('takes the end of the program for a no', async () => {
    const ending = new AbortController()
    const { answer, said } = ask(new PassThrough(), ending.signal)
    ending.abort()
    expect(await answer).toBe(false)
    expect(said()).toBe('Sure? [y/N] \n')
  })
})
