import { expect, test } from 'vitest'
import { openTerminal } from './pty.ts'

test('types keys, shows what comes back, resizes and gives the exit code', async () => {
  const terminal = openTerminal(['sh', '-c', 'stty size; read x; echo "got $x"; stty size; exit 3'], {
    columns: 91,
    rows: 17,
  })
  await terminal.waitFor('17 91')
  terminal.resize(50, 20)
  terminal.write('hello\r')
  await terminal.waitFor(/got hello\s+20 50/)
  expect((await terminal.ended()).code).toBe(3)
})

test('tells when a program left the terminal in other modes than it found', async () => {
  const tidy = await openTerminal(['true']).ended()
  expect(tidy.after).toBe(tidy.before)
  const untidy = await openTerminal(['stty', 'raw', '-echo']).ended()
  expect(untidy.after).not.toBe(untidy.before)
})

test('a pattern that never comes fails with what was shown', async () => {
  const terminal = openTerminal(['sh', '-c', 'echo one; read x'])
  await terminal.waitFor('one')
  await expect(terminal.waitFor('two', 200)).rejects.toThrow(/two did not come .*"one/s)
  terminal.write('\r')
  expect((await terminal.ended()).code).toBe(0)
})

test('a signal goes to the program, and what it did with it is its exit code', async () => {
  const terminal = openTerminal(['sh', '-c', 'trap "exit 5" TERM; echo up; while :; do sleep 0.1; done'])
  await terminal.waitFor('up')
  terminal.kill('SIGTERM')
  expect((await terminal.ended()).code).toBe(5)
})
