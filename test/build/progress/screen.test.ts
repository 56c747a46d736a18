import { expect, test } from 'vitest'
import { Screen } from '../../../src/build/progress/screen.ts'

function shown(parts: readonly (string | Uint8Array)[], height = 3, width = 10): string[] {
  const screen = new Screen(height, width)
  for (const part of parts) screen.write(Buffer.from(part))
  return screen.lines
}

test.each<[string, (string | Uint8Array)[], string[]]>([
  ['the last lines', ['1\n2\n3\n4\n5\n'], ['3', '4', '5']],
  ['a line drawn over', ['10%\r20%\r100%\n'], ['100%']],
  ['a long line goes on below', ['0123456789ab'], ['0123456789', 'ab']],
  ['colours and titles leave no trace', ['\x1b[31mred\x1b[0m\x1b]0;title\x07!'], ['red!']],
  ['a sequence that comes in two parts', ['a\x1b[', '2Db'], ['b']],
  ['a character that comes in two parts', [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)], ['é']],
  ['erasing to the end of the line', ['abcdef\r\x1b[3C\x1b[K!'], ['abc!']],
  ['erasing the whole line', ['abc\x1b[2K'], []],
  ['up and over', ['one\ntwo\x1b[A\rONE'], ['ONE', 'two']],
  ['clearing the screen', ['one\ntwo\x1b[2J\x1b[Hnew'], ['new']],
  ['backspace and tab', ['abc\b\bX\tY'], ['aXc     Y']],
  ['control characters', ['a\x07\x9bb'], ['ab']],
])('shows %s', (_, parts, lines) => {
  expect(shown(parts)).toEqual(lines)
})

test('keeps the newest lines when it becomes smaller', () => {
  const screen = new Screen(4, 20)
  screen.write(Buffer.from('1\n2\n3\n4'))
  screen.resize(2, 20)
  expect(screen.lines).toEqual(['3', '4'])
  screen.write(Buffer.from('\n5'))
  expect(screen.lines).toEqual(['4', '5'])
})
