import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decode, decodeAny } from '../../src/go/decode.ts'
import { marshal, marshalIndent } from '../../src/go/json.ts'
import { compact, indent } from '../../src/go/scan.ts'
import { root } from '../format/template/data.ts'

// text, then what Go gives: Indent, Compact, through the struct Root, through any and MarshalIndent, with UseNumber.
const vectors = JSON.parse(readFileSync(new URL('json-vectors.json', import.meta.url), 'utf8')) as [
  string,
  string,
  string,
  string,
  string,
  string,
][]

function attempt(make: () => string): string {
  try {
    return make()
  } catch (error) {
    return `!${(error as Error).message}`
  }
}

describe('JSON is read and written as in Go', () => {
  test.each([
    ['json.Indent', 1, (text: string) => indent(text, '', '    ')],
    ['json.Compact', 2, compact],
    ['through a struct', 3, (text: string) => marshal(decode(root, text))],
    ['through interface{}', 4, (text: string) => marshalIndent(decodeAny(text), '> ', '\t')],
    ['with numbers as they are', 5, (text: string) => marshal(decodeAny(text, { useNumber: true }))],
  ] as const)('%s', (_, column, make) => {
    expect(vectors.map(([text]) => [text, attempt(() => make(text))])).toEqual(
      vectors.map((vector) => [vector[0], vector[column]]),
    )
  })
})
