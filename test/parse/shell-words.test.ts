import { expect, test } from 'vitest'
import { splitWords } from '../../src/parse/shell-words.ts'

test.each([
  ['', []],
  ['  one\ttwo\r\nthree ', ['one', 'two', 'three']],
  ['one "two three" \'four "five"\'', ['one', 'two three', 'four "five"']],
  ['a"b c"d\' e\'f', ['ab cd ef']],
  ['""', ['']],
  ['a\\ b "c\\"d\\n" \'e\\f\'', ['a b', 'c"dn', 'e\\f']],
  ['one #two "three\nfour', ['one', 'four']],
  ['one#two', ['one#two']],
  ['"#a" b', ['#a', 'b']],
  ['\\\n', ['\n']],
])('%j is %j', (line, words) => {
  expect(splitWords(line)).toEqual(words)
})

test.each([
  ['"one', 'EOF found when expecting closing quote'],
  ["a'one", 'EOF found when expecting closing quote'],
  ['one \\', 'EOF found after escape character'],
  ['"one\\', 'EOF found after escape character'],
  ["'one\\", 'EOF found when expecting closing quote'],
])('refuses %j', (line, message) => {
  expect(() => splitWords(line)).toThrow(message)
})
