import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dockerFunctions } from '../../../src/format/template/docker.ts'
import { isTemplateError } from '../../../src/format/template/errors.ts'
import { compile, print, type Template } from '../../../src/format/template/template.ts'
import { goData } from './data.ts'

const { data, cases } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
  data: Record<string, string>
  cases: [string, string][]
}
const values = goData(data)

/** A small generator of numbers that is the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const words =
  '{{ }} {{- -}} if else end range with define template block break continue nil true . $ $x .S .Strs .M.a .P.Name ( ) | , := = "a" `b` \'c\' 1 -2 0x1F 1.5 1i len index slice eq and or not print printf json join upper truncate /* */ \\ \n \t \u00E9 \u{1F600} "'.split(
    ' ',
  )

function soup(next: () => number): string {
  const pick = (): string => words[Math.floor(next() * words.length)] as string
  return Array.from({ length: 1 + Math.floor(next() * 14) }, pick).join(next() < 0.5 ? ' ' : '')
}

function mutated(next: () => number): string {
  const [, text] = cases[Math.floor(next() * cases.length)] as [string, string]
  const at = Math.floor(next() * (text.length + 1))
  const word = words[Math.floor(next() * words.length)] as string
  return text.slice(0, at) + (next() < 0.6 ? word : '') + text.slice(at + Math.floor(next() * 3))
}

function tryCompile(text: string): Template | undefined {
  try {
    return compile('', text, { funcs: dockerFunctions })
  } catch (error) {
    if (isTemplateError(error)) return undefined
    throw error
  }
}

describe('any text', { timeout: 60_000 }, () => {
  test.each([
    ['random words', soup, 4000],
    ['broken real templates', mutated, 4000],
  ] as const)('of %s either runs or fails with a TemplateError', (_, make, rounds) => {
    const next = random(20260101)
    let compiled = 0
    for (let i = 0; i < rounds; i++) {
      const text = make(next)
      // Ranging over a large number takes as long as it says.
      if (/range[^}]*(64|\.D|Size|Unix|\d{7})/.test(text)) continue
      const template = tryCompile(text)
      if (!template) continue
      compiled++
      for (const name of ['root', 'any', 'nil']) {
        try {
          expect(typeof template.execute(values[name])).toBe('string')
        } catch (error) {
          if (!isTemplateError(error)) throw new Error(`${JSON.stringify(text)} on ${name}`, { cause: error })
        }
      }
    }
    expect(compiled).toBeGreaterThan(rounds / 40)
  })

  test('nested deeper than the stack is an error, not a crash', () => {
    expect(() => compile('', `{{${'('.repeat(20_000)}1${')'.repeat(20_000)}}}`)).toThrow(
      /max expression depth exceeded/,
    )
    expect(() => compile('', '{{if 1}}'.repeat(100_000))).toThrow(/^template: :1: /)
    expect(() => compile('', '{{define "r"}}{{template "r"}}{{end}}{{template "r"}}').execute(undefined)).toThrow(
      'template: :1:25: executing "r" at <{{template "r"}}>: exceeded maximum template depth (100000)',
    )
  })
})

describe('a printed tree', { timeout: 60_000 }, () => {
  test('parses again to the same tree, and prints the same', () => {
    let checked = 0
    for (const [, text] of cases) {
      const template = tryCompile(text)
      const tree = template?.trees.get('')
      if (!template || !tree) continue
      const others = [...template.trees.values()].filter((other) => other !== tree)
      const printed = print(tree)
      const definitions = others
        .map((other) => `{{define ${JSON.stringify(other.name)}}}${print(other)}{{end}}`)
        .join('')
      const again = tryCompile(printed + definitions)
      expect(again, printed).toBeDefined()
      expect(print(again?.trees.get('') ?? tree)).toBe(printed)
      checked++
    }
    expect(checked).toBeGreaterThan(1000)
  })
})
