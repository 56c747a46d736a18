import { expect, it } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { run } from '../harness.ts'

it.each([
  [['import', '']],
  [['create', '--env-file', '', 'img']],
  [['create', '--label-file', '', 'img']],
  [['exec', '--env-file', '', 'c', 'ls']],
  [['context', 'import', 'mine', '']],
])('opens nothing by an empty name: %j', async (argv) => {
  const engine = await fakeEngine()
  const { stdout, stderr, exitCode } = await run(argv, { engine, cwd: process.cwd() })
  expect(stderr).toMatch(/open : no such file or directory/)
  expect([stdout, exitCode > 0, engine.calls]).toEqual(['', true, []])
})
