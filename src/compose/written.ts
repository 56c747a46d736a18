import { isMap, type YamlScalar, type YamlValue } from './values.ts'

/** What is to be written; entries stand in the order of their list. */
export type Written = YamlScalar | Written[] | Entries

export class Entries {
  readonly list: readonly (readonly [name: string, value: Written])[]
  constructor(list: readonly (readonly [name: string, value: Written])[]) {
    this.list = list
  }
}

/** A mapping in the order that go-yaml gives to names. */
export function sorted(list: readonly (readonly [name: string, value: Written])[]): Entries {
  return new Entries(list.toSorted(([a], [b]) => compareKeys(a, b)))
}

/** A value of a file as it is to be written. */
export function asWritten(value: YamlValue): Written {
  if (Array.isArray(value)) return value.map(asWritten)
  if (value instanceof Map) throw new Error('a mapping whose keys are not text cannot be written')
  return isMap(value) ? sorted(Object.entries(value).map(([name, item]) => [name, asWritten(item)])) : value
}

/** Numbers in names by their value, letters behind what is none (go-yaml v3 sorter.go). */
function compareKeys(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)]
  let digits = false
  for (let i = 0; i < first.length && i < second.length; i++) {
    const [x, y] = [first[i]!, second[i]!]
    if (x === y) {
      digits = /\p{Nd}/u.test(x)
      continue
    }
    const [isLetterX, isLetterY] = [/\p{L}/u.test(x), /\p{L}/u.test(y)]
    if (isLetterX && isLetterY) return byCode(x, y)
    if (isLetterX || isLetterY) return (digits ? isLetterX : isLetterY) ? -1 : 1
    return compareDigits(first, second, i) || byCode(x, y)
  }
  return first.length - second.length
}

function compareDigits(a: string[], b: string[], from: number): number {
  const [numberA, numberB] = [a, b].map((text) => /^\p{Nd}*/u.exec(text.slice(from).join(''))![0]) as [string, string]
  const before = /\p{Nd}*$/u.exec(a.slice(0, from).join(''))![0]
  // Digits behind a number that began already are not a number with zeros in front.
  const lead = (a[from] === '0' || b[from] === '0') && /[^0]/.test(before) ? '1' : ''
  const difference = BigInt(lead + numberA || 0) - BigInt(lead + numberB || 0)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return numberA.length - numberB.length
}

function byCode(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
}
