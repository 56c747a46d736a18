import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderList, templateText } from '../../src/format/formatter.ts'
import { toBytes } from '../../src/go/strings.ts'
import { method, methods, str, value } from '../../src/go/types.ts'
import { alignColumns } from '../../src/go/tabwriter.ts'
import { displayWidth, isEastAsian } from '../../src/format/width.ts'

// What the reference's formatter, tabwriter and width functions make of each.
const { align, formats, widths, runes } = JSON.parse(
  readFileSync(new URL('list-vectors.json', import.meta.url), 'utf8'),
) as {
  align: [string, string, string, string][]
  formats: [string, string, string][]
  widths: [string, number, number][]
  runes: [number, number, number][]
}

interface Row {
  ID: string
  Name: string
}

const rows: Row[] = [
  { ID: 'abc', Name: 'short' },
  { ID: 'defghijklmnopq', Name: 'a <long> n\u00E4me\u2026' },
  { ID: '', Name: '\u65E5\u672C' },
]

const view = methods<Row>('*main.row', {
  ID: (r) => r.ID,
  Name: (r) => r.Name,
  Labels: () => ['a', 'b'],
  Size: (r) => toBytes(r.Name).length,
  Ok: () => true,
  Label: method(str, (_: Row, name: string) => `L${name}`, str),
})

const header = { ID: 'THE ID', Name: 'NAME', Size: 'SIZE', Labels: 'LABELS' }

describe('lists by format', () => {
  test.each(formats)('%j', async (format, none, all) => {
    const render = async (some: Row[]): Promise<string> => {
      try {
        return await renderList({ format, header, rows: some.map((row) => value(view, row)) })
      } catch (error) {
        return `!${(error as Error).message}`
      }
    }
    expect([await render([]), await render(rows)]).toEqual([none, all])
  })

  test.each([
    ['table {{.ID}}\\t{{.Name}}', 'THE ID    NAME\na         x\\x1b[2J\\n\\tb\n'],
    ['{{.Name}}', 'x\\x1b[2J\\n\\tb\n'],
    ['{{.Name}}{{len .ID}}', 'x\\x1b[2J\\n\\tb1\n'],
    ['{{upper .Name}}', 'X\\x1b[2J\n\tB\n'],
    ['\x1b[31m{{.ID}}\x1b[0m', '\x1b[31ma\x1b[0m\n'],
    ['{{printf "\\x1b[31m%s\\x1b[0m" .Name}}', '\x1b[31mx\\x1b[2J\n\tb\x1b[0m\n'],
  ])('on a terminal %j shows the control characters of values and keeps its own', async (format, shown) => {
    const hostile = [value(view, { ID: 'a', Name: 'x\x1b[2J\n\tb' })]
    expect(await renderList({ format, header, rows: hostile, terminal: true })).toBe(shown)
    expect(await renderList({ format, header, rows: hostile })).not.toContain('\\x1b')
  })

  test('a format that is a word, and one with spelled-out tabs', () => {
    expect(templateText('json')).toBe('{{json .}}')
    expect(templateText('table')).toBe('')
    expect(templateText('table  {{.A}}\\t{{.B}}\\n ')).toBe('{{.A}}\t{{.B}}\n')
  })
})

describe('columns', () => {
  test.each([
    ['of lists', 1, { minWidth: 10, padding: 3 }],
    ['of at least twenty', 2, { minWidth: 20, padding: 3 }],
    ['without a least width', 3, { minWidth: 0, padding: 1 }],
  ] as const)('%s', (_, column, options) => {
    expect(align.map(([text]) => [text, alignColumns(text, { ...options, width: displayWidth })])).toEqual(
      align.map((row) => [row[0], row[column]]),
    )
  })

  test('of a line with more cells than the stack has room for calls', () => {
    const line = `${'a\t'.repeat(20_000)}b`
    expect(alignColumns(`${line}\nlonger\tx\n`, { minWidth: 0, padding: 1, width: displayWidth })).toBe(
      `a      ${'a '.repeat(19_999)}b\nlonger x\n`,
    )
  })

  test('a tab between two bytes 0xFF is text', () => {
    const text = 'a\udcff\t\udcffb\tx\nlong enough\ty\n'
    expect(alignColumns(text, { minWidth: 0, padding: 1, width: displayWidth })).toBe(
      'a\udcff\t\udcffb          x\nlong enough y\n',
    )
  })
})

describe('widths', () => {
  test('of texts', () => {
    expect(widths.map(([text]) => [text, displayWidth(text), displayWidth(text, true)])).toEqual(widths)
  })

  test('of a long text with characters that may combine, in time that grows with its length', () => {
    const start = performance.now()
    expect(displayWidth(`${'x'.repeat(400_000)}👨‍👩‍👧${'x'.repeat(400_000)}`)).toBe(800_002)
    expect(displayWidth('e\u0301'.repeat(100_000))).toBe(100_000)
    // A part of a long stretch ends in a cluster, or in half of a character.
    expect(displayWidth(`\u0301${'👍🏽'.repeat(1000)}`)).toBe(2000)
    expect(displayWidth(`${'🇩🇪'.repeat(1000)}`)).toBe(1000)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('of every character by itself', () => {
    const wrong: string[] = []
    for (const [i, [first, narrow, eastAsian]] of runes.entries()) {
      const next = runes[i + 1]?.[0] ?? 0x110000
      for (const code of [first, next - 1, Math.floor((first + next) / 2)]) {
        if (code >= 0xd800 && code <= 0xdfff) continue
        const char = String.fromCodePoint(code)
        if (displayWidth(char) !== narrow || displayWidth(char, true) !== eastAsian) wrong.push(code.toString(16))
      }
    }
    expect(wrong).toEqual([])
  })

  test('the locale says whether ambiguous characters are wide', () => {
    expect(isEastAsian({ LANG: 'ja_JP.UTF-8' })).toBe(true)
    expect(isEastAsian({ LANG: 'en_US.UTF-8' })).toBe(false)
    expect(isEastAsian({ LANG: 'ja_JP.UTF-8', LC_ALL: 'C.UTF-8' })).toBe(false)
    expect(isEastAsian({ LANG: 'zh_CN.GBK' })).toBe(true)
    expect(isEastAsian({ LANG: 'ja_JP.UTF-8@cjk_narrow' })).toBe(false)
    expect(isEastAsian({ LANG: 'en_US.UTF-8', RUNEWIDTH_EASTASIAN: '1' })).toBe(true)
    expect(isEastAsian({})).toBe(false)
  })
})
