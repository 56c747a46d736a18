import { describe, expect, test } from 'vitest'
import { ChunkDecoder } from '../../src/engine/http1-chunks.ts'

/** What comes out of the pieces, or the message of what was thrown. */
function decode(pieces: readonly Uint8Array[]): { payload: string; complete: boolean; rest: string } | string {
  const decoder = new ChunkDecoder()
  let payload = ''
  let rest = ''
  let complete = false
  try {
    for (const piece of pieces) {
      const part = decoder.push(Buffer.from(piece))
      payload += Buffer.from(part.payload).toString('latin1')
      rest += Buffer.from(part.rest).toString('latin1')
      complete = part.complete
    }
  } catch (error) {
    return (error as Error).message
  }
  return { payload, complete, rest }
}

// Sizes are read in another way where a whole line of digits is there.
describe('a chunk after another', () => {
  const rest = `${'x'.repeat(40)}\r\n0\r\n\r\n`
  const whole = (payload: string) => ({ payload: `ab${payload}`, complete: true, rest: '' })
  const sized = 'x'.repeat(40)
  test.each([
    ['digits', '28\r\n', whole(sized)],
    ['both cases of letters', 'a\r\n0123456789\r\nA\r\n0123456789\r\n28\r\n', whole(`01234567890123456789${sized}`)],
    ['zeros before them', '00028\r\n', whole(sized)],
    ['as many digits as may be', `${'0'.repeat(14)}28\r\n`, whole(sized)],
    ['an extension', '28;name="value"\r\n', whole(sized)],
    ['blanks', '28 \t\r\n', whole(sized)],
    ['no digit', '\r\n', 'invalid byte in chunk length'],
    ['a letter that is none', '2g\r\n', 'invalid byte in chunk length'],
    ['a letter just after the last', '2:\r\n', 'invalid byte in chunk length'],
    ['a bare line feed', '28\n', 'invalid byte in chunk length'],
    ['a bare carriage return', '28\rx', 'malformed chunked encoding'],
    ['too many digits', `${'0'.repeat(15)}28\r\n`, 'http chunk length too large'],
    ['a size beyond all measure', 'fffffffffffffff\r\n', 'http chunk length too large'],
  ])('may have a size of %s', (_, line, expected) => {
    const bytes = Buffer.from(`2\r\nab\r\n${line}${rest}`)
    const message = (text: string) => expect.stringContaining(text) as string
    expect(decode([bytes])).toEqual(typeof expected === 'string' ? message(expected) : expected)
    expect(decode([...bytes].map((byte) => Buffer.of(byte)))).toEqual(decode([bytes]))
  })

  test.each([
    ['no line end', '2\r\nabxx28\r\n'],
    ['half of one', '2\r\nab\rx28\r\n'],
  ])('may not follow with %s', (_, begin) => {
    expect(decode([Buffer.from(begin + rest)])).toMatch('malformed chunked encoding')
  })

  test('ends the body where its size is none, and what follows is given back', () => {
    const bytes = Buffer.from('2\r\nab\r\n00\r\nA-Trailer: yes\r\n\r\nHTTP/1.1 200 OK')
    expect(decode([bytes])).toEqual({ payload: 'ab', complete: true, rest: 'HTTP/1.1 200 OK' })
  })

  test('may be so small for ever, while long lines for little data may not', () => {
    const small = '1\r\nx\r\n'.repeat(20_000)
    expect(decode([Buffer.from(`${small}0\r\n\r\n`)])).toMatchObject({ payload: 'x'.repeat(20_000) })
    const excessive = `1;${'e'.repeat(100)}\r\nx\r\n`.repeat(200)
    expect(decode([Buffer.from(`${excessive}0\r\n\r\n`)])).toMatch('chunked encoding contains too much non-data')
  })

  test('makes up for a long size line before it', () => {
    // 200 lines in excess by 90, each made up for by the forty bytes after it.
    const both = `1;${'e'.repeat(100)}\r\nx\r\n28\r\n${sized}\r\n`.repeat(200)
    expect(decode([Buffer.from(`${both}0\r\n\r\n`)])).toMatchObject({ complete: true })
  })
})
