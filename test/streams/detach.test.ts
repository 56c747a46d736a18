import { describe, expect, it } from 'vitest'
import { DetachScanner } from '../../src/streams/detach.ts'

/** What goes on for each piece typed, up to the detaching. */
function typed(keys: string, ...pieces: string[]): { sent: string; detached: boolean } {
  const scanner = new DetachScanner(Buffer.from(keys))
  let sent = ''
  for (const piece of pieces) {
    const { data, detached } = scanner.scan(Buffer.from(piece))
    sent += Buffer.from(data).toString()
    if (detached) return { sent, detached }
  }
  return { sent, detached: false }
}

describe('DetachScanner', () => {
  it('detaches wherever the sequence is cut', () => {
    const text = 'ls\n\x10\x11rest'
    for (let cut = 0; cut <= text.length; cut++) {
      expect(typed('\x10\x11', text.slice(0, cut), text.slice(cut)), `cut at ${cut}`).toEqual({
        sent: 'ls\n',
        detached: true,
      })
    }
  })

  it('holds back the beginning until it shows that it is not the sequence', () => {
    expect(typed('\x10\x11', 'a\x10')).toEqual({ sent: 'a', detached: false })
    expect(typed('\x10\x11', 'a\x10', 'b')).toEqual({ sent: 'a\x10b', detached: false })
    expect(typed('abc', 'a', 'b', 'x')).toEqual({ sent: 'abx', detached: false })
    expect(typed('abc', 'a', 'bx')).toEqual({ sent: 'abx', detached: false })
  })

  it('does not begin the sequence with the key that broke it, as the reference', () => {
    expect(typed('\x10\x11', '\x10\x10\x11')).toEqual({ sent: '\x10\x10\x11', detached: false })
    expect(typed('\x10\x11', '\x10', '\x10', '\x10', '\x11')).toEqual({ sent: '\x10\x10', detached: true })
  })

  it('loses and invents nothing, however the input is cut', () => {
    const alphabet = ['a', 'b', 'c', 'x']
    for (let seed = 1; seed < 300; seed++) {
      const at = (i: number): string => alphabet[(seed * 31 + i * i * 7 + ((seed >> (i % 8)) & 3)) % 4]!
      const text = Array.from({ length: 12 }, (_, i) => at(i)).join('')
      const whole = typed('aab', text)
      const pieces = text.match(new RegExp(`.{1,${1 + (seed % 4)}}`, 'g'))!
      expect(typed('aab', ...pieces)).toEqual(whole)
      const rest = whole.detached ? 'aab' : ''
      expect(text.startsWith(whole.sent + rest)).toBe(true)
    }
  })
})
