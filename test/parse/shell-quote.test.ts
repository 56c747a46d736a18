import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellQuote } from '../../src/parse/shell-quote.ts'

test.each([
  ['', "''"],
  ['plain-word_1.2:/x@y%', 'plain-word_1.2:/x@y%'],
  ['a b', "'a b'"],
  ['$(x)', "'$(x)'"],
  ['it\'s $1 `x` "q" \\', '"it\'s \\$1 \\`x\\` \\"q\\" \\\\"'],
  ['if', "'if'"],
  ['}', "'}'"],
  ['a}', 'a}'],
  ['é', 'é'],
])('quotes %j, and a shell reads it back', (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted)
  expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], { encoding: 'utf8' })).toBe(word)
})

test('joins words', () => {
  expect(shellQuote('docker', '--host=unix:///a', 'x')).toBe("docker '--host=unix:///a' x")
})

test.each([
  ['a\nb', 'cannot quote character at byte 1: POSIX shell lacks escape sequences'],
  ['éa\u0001', 'cannot quote character at byte 3: POSIX shell lacks escape sequences'],
  ['\0', 'cannot quote character at byte 0: shell strings cannot contain null bytes'],
])('refuses %j', (word, message) => {
  expect(() => shellQuote(word)).toThrow(new Error(message))
})
