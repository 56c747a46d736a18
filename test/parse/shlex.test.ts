import { expect, test } from 'vitest'
import { splitWords } from '../../src/parse/shlex.ts'

test.each([
  ['', []],
  ['  \t\r\n ', []],
  ['sh -c', ['sh', '-c']],
  ['the "new args"', ['the', 'new args']],
  [`a'b c'"d e"f`, ['ab cd ef']],
  [`'' ""`, ['', '']],
  [String.raw`one\ two "three \" four" 'five \'`, ['one two', 'three " four', 'five \\']],
  ['a # rest of it\nb c#d', ['a', 'b', 'c#d']],
  [String.raw`\#a "#b"`, ['#a', '#b']],
  ['é😀 ü', ['é😀', 'ü']],
])('splits %j', (text, words) => {
  expect(splitWords(text)).toEqual(words)
})

test.each([
  ['"open', 'EOF found when expecting closing quote'],
  ["a 'open", 'EOF found when expecting closing quote'],
  ['end\\', 'EOF found after escape character'],
  ['"end\\', 'EOF found after escape character'],
])('refuses %j', (text, message) => {
  expect(() => splitWords(text)).toThrow(message)
})
