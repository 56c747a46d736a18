/** How many columns text takes on a terminal, as the reference counts it when it aligns tables (go-runewidth). */
import { ambiguous, wide, zeroWidth } from './width-tables.ts'

/**
 * The columns of a text. Characters that combine count as one; in an East Asian locale those of ambiguous width take two.
 */
export function displayWidth(text: string, eastAsian = false): number {
  // oxlint-disable-next-line no-control-regex
  if (/^[ -~]*$/.test(text)) return text.length
  // As the original, which does not look up a text of one byte in its table.
  if (text.length === 1 && text >= '\udc80' && text <= '\udcff') return 1
  let width = 0
  for (const cluster of clusters(text)) width += clusterWidth(cluster, eastAsian)
  return width
}

/** Whether the locale named by LC_ALL, LC_CTYPE or LANG is one where ambiguous characters are wide. */
export function isEastAsian(env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env['RUNEWIDTH_EASTASIAN']
  if (forced) return forced === '1'
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  if (locale === 'POSIX' || locale === 'C' || /^C[.-]/.test(locale)) return false
  const charset = (/^[a-z]{2,3}(?:_[A-Z]{2})?\.(.+)/.exec(locale)?.[1] ?? locale).toLowerCase()
  if (charset.endsWith('@cjk_narrow')) return false
  const known = /^(?:utf-?8|jis|euc(?:jp|kr|cn)|sjis|cp(?:932|51932|936|949|950)|big5|gbk|gb2312)$/.test(
    charset.replace(/@.*/, ''),
  )
  return known && (!charset.startsWith('u') || /^(?:ja|ko|zh)/.test(locale))
}

/** The first character that has a width gives the width of all that combine with it. */
function clusterWidth(cluster: string, eastAsian: boolean): number {
  for (const char of cluster) {
    const width = charWidth(char.codePointAt(0) as number, eastAsian)
    if (width > 0) return width
  }
  return 0
}

function charWidth(code: number, eastAsian: boolean): number {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0xad) return 0
  if (code < 0xa1) return 1
  // A byte that is not UTF-8 counts as U+FFFD.
  const shown = code >= 0xdc80 && code <= 0xdcff ? 0xfffd : code
  if (inRanges(shown, zeroWidth)) return 0
  return inRanges(shown, wide) || (eastAsian && inRanges(shown, ambiguous)) ? 2 : 1
}

const decoded = new Map<string, number[]>()

function inRanges(code: number, table: string): boolean {
  let ranges = decoded.get(table)
  if (!ranges) decoded.set(table, (ranges = decode(table)))
  let low = 0
  let high = ranges.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (code < (ranges[middle * 2] as number)) high = middle - 1
    else if (code > (ranges[middle * 2 + 1] as number)) low = middle + 1
    else return true
  }
  return false
}

function decode(table: string): number[] {
  let at = 0
  return table.split(' ').flatMap((word) => {
    const [gap = '', length = '0'] = word.split('-')
    const first = at + Number.parseInt(gap, 36)
    at = first + Number.parseInt(length, 36)
    return [first, at]
  })
}

/**
 * Text by what a reader takes for one character. Intl.Segmenter takes time that grows with the square of a text's length, so
 * it is given only the stretches where characters may combine: between two that stand alone there is always a boundary.
 */
function* clusters(text: string): Generator<string> {
  let stretch = ''
  let mayCombine = false
  let before = false
  for (const char of text) {
    const alone = standsAlone(char.codePointAt(0) as number)
    if (alone && before) {
      if (mayCombine) yield* segments(stretch)
      else yield stretch
      stretch = ''
      mayCombine = false
    }
    stretch += char
    mayCombine ||= !alone
    before = alone
  }
  if (mayCombine) yield* segments(stretch)
  else if (stretch !== '') yield stretch
}

/** How many UTF-16 units are segmented at once; more than any cluster that a person would write. */
const atOnce = 256

let segmenter: Intl.Segmenter | undefined

/** The clusters of a stretch, a part of it at a time; where a part ends in the middle of a cluster, the next begins with it. */
function* segments(stretch: string): Generator<string> {
  segmenter ??= new Intl.Segmenter('en')
  for (let at = 0; at < stretch.length;) {
    const part = stretch
      .slice(at, at + atOnce)
      .replace(/[\ud800-\udbff]$/, (half) => (at + atOnce < stretch.length ? '' : half))
    const found = Array.from(segmenter.segment(part), ({ segment }) => segment)
    if (at + part.length < stretch.length && found.length > 1) found.pop()
    for (const segment of found) {
      at += segment.length
      // Newer rules join Indic conjuncts; those that the reference counts by do not.
      yield* segment.split(/(?<=[\p{Mn}\u200d])(?=\p{L})/u)
    }
  }
}

/** Latin, general punctuation and symbols, CJK and Hangul syllables: no marks, joiners or selectors among them. */
function standsAlone(code: number): boolean {
  if (code < 0x300) return true
  if (code < 0x2010) return false
  if (code < 0x20d0) return code < 0x2028 || (code >= 0x2030 && code < 0x2060) || code >= 0x2070
  if (code < 0x2c00) return code >= 0x2100
  if (code < 0x3001) return false
  return (
    code < 0x302a ||
    (code >= 0x3041 && code < 0x3099) ||
    (code >= 0x309b && code < 0xa490) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    (code >= 0xff01 && code < 0xff9e)
  )
}
