import { once } from 'node:events'
import { expect, test } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { startProgram } from '../program.ts'

// docker/cli internal/prompt: who ends the program at a question has said no, and saying no is no failure.
test.each(
  ['volume', 'network', 'container', 'image', 'system'].flatMap((noun) =>
    (['SIGINT', 'SIGTERM'] as const).map((signal) => [noun, signal] as const),
  ),
)('%s prune, ended at its question by %s, has an exit code of 0 and a line of its own', async (noun, signal) => {
  const engine = await fakeEngine()
  const program = startProgram(engine.host, [noun, 'prune'], ['pipe', 'pipe', 'pipe'])
  const { child } = program
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const closed = once(child, 'close')
  await expect.poll(() => said, { timeout: 10_000 }).toMatch(/\[y\/N\] $/)
  child.kill(signal)
  expect(await program.ended()).toBe(0)
  await closed
  expect(said).toMatch(/\[y\/N\] \n$/)
  expect([program.stderr(), engine.calls]).toEqual(['', []])
})
