import { describe, expect, test } from 'vitest'
import { any } from '../../src/go/types.ts'
import { JsonSplitter, jsonMessages } from '../../src/engine/ndjson.ts'
import { StreamBody } from '../../src/engine/body.ts'

function split(bytes: Uint8Array, cuts: readonly number[]): string[] {
  const splitter = new JsonSplitter()
  const texts: string[] = []
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    texts.push(...splitter.push(bytes.subarray(from, cut)))
    from = cut
  }
  const rest = splitter.rest()
  return rest === '' ? texts : [...texts, rest]
}

const anything = async () => any

describe('JsonSplitter', () => {
  const stream = Buffer.from('{"a":"}\\"{"}\r\n{"b":[1,{"c":"é🐳"}]}{"d":null}\n\u001e[1,2]\n 12 true\n"x y"\n{"e":1}')
  const texts = ['{"a":"}\\"{"}', '{"b":[1,{"c":"é🐳"}]}', '{"d":null}', '[1,2]', '12', 'true', '"x y"', '{"e":1}']

  test('cuts values apart wherever the input is cut', () => {
    expect(split(stream, [])).toEqual(texts)
    for (let cut = 1; cut < stream.length; cut++) expect(split(stream, [cut]), `cut at ${cut}`).toEqual(texts)
    expect(
      split(
        stream,
        Array.from({ length: stream.length - 1 }, (_, i) => i + 1),
      ),
    ).toEqual(texts)
  })

  test.each<[string, string, string[]]>([
    ['escapes', '{"\\\\":"\\""}{"a\\"b":"\\\\\\\\"}"\\\\" ', ['{"\\\\":"\\""}', '{"a\\"b":"\\\\\\\\"}', '"\\\\"']],
    ['brackets in strings', '["]","[","{","}"]{"}":"{"}', ['["]","[","{","}"]', '{"}":"{"}']],
    ['values without space between', '{}[]{}[[]]', ['{}', '[]', '{}', '[[]]']],
    ['brackets that open nothing', '}{"a":1}]{"b":2}', ['}', '{', '"a":1}', ']', '{', '"b":2}']],
    ['separators within', '{"a":\u001e1}\n\u001e\u001e{"b"\u001e:2}', ['{"a":1}', '{"b":2}']],
    ['space within', '{ "a" :\t[ 1 ,\r\n2 ] }\n\n [ ] ', ['{ "a" :\t[ 1 ,\r\n2 ] }', '[ ]']],
    ['words and strings side by side', 'nul"l" 1"2"{"a":1}', ['nul"l"', '1"2"{"a":1}']],
  ])('cuts the same wherever the input is cut: %s', (_, text, texts) => {
    const bytes = Buffer.from(text)
    const whole = split(bytes, [])
    expect(whole).toEqual(texts)
    for (let cut = 1; cut < bytes.length; cut++) expect(split(bytes, [cut]), `cut at ${cut}`).toEqual(whole)
    const everywhere = Array.from({ length: bytes.length }, (_, i) => i)
    expect(split(bytes, everywhere)).toEqual(whole)
  })

  test('gives what is cut short as the rest', () => {
    expect(split(Buffer.from('{"a":1}{"b":'), [])).toEqual(['{"a":1}', '{"b":'])
  })
})

describe('jsonMessages', () => {
  function body(...chunks: string[]): { body: StreamBody; cancelled: () => boolean } {
    let cancelled = false
    const stream = new StreamBody({ resume: () => undefined, cancel: () => void (cancelled = true) })
    for (const chunk of chunks) stream.feed(Buffer.from(chunk))
    return { body: stream, cancelled: () => cancelled }
  }

  test('throws for bytes that are not JSON, after the values before them', async () => {
    const { body: stream } = body('{"a":1}\n', 'oops\n')
    stream.finish()
    const seen: unknown[] = []
    const read = async () => {
      for await (const message of jsonMessages(stream, anything)) seen.push(message)
    }
    await expect(read()).rejects.toThrow("invalid character 'o' looking for beginning of value")
    expect(seen).toEqual([{ a: 1 }])
  })

  test.each([
    ['nests too deep', '['.repeat(20_000), "invalid character '[' exceeded max depth"],
    ['is cut short', '{"a":', 'unexpected EOF'],
  ])('throws for a value that %s', async (_, text, message) => {
    const { body: stream } = body('{"a":1}', text)
    stream.finish()
    const seen: unknown[] = []
    const read = async () => {
      for await (const value of jsonMessages(stream, anything)) seen.push(value)
    }
    await expect(read()).rejects.toMatchObject({ name: 'ReplyError', message })
    expect(seen).toEqual([{ a: 1 }])
  })

  test('takes a byte order mark for no white space', () => {
    expect(split(Buffer.from('\uFEFF{"a":1}'), [])).toEqual(['\uFEFF{"a":1}'])
  })

  test('gives a value up that does not end', async () => {
    const splitter = new JsonSplitter()
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const feed = () => {
      splitter.push(Buffer.from('"'))
      for (let i = 0; i < 65; i++) splitter.push(piece)
    }
    expect(feed).toThrow('a message of the daemon is too large: more than 64 MiB')
    expect(splitter.gaveUp).toBe(true)
  })

  test('cancels the body when the loop is left', async () => {
    const { body: stream, cancelled } = body('{"a":1}\n{"a":2}\n')
    for await (const message of jsonMessages(stream, anything)) {
      expect(message).toEqual({ a: 1 })
      break
    }
    expect(cancelled()).toBe(true)
  })
})
