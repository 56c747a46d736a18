import { expect, it } from 'vitest'
import { run } from '../harness.ts'

const noEngine = 'Failed to initialize: this test has no engine\n'

it.each([
  [['tag', 'x:', 'y']],
  [['commit', 'x', 'Y']],
  [['import', '-', 'Y']],
  [['rmi', '--platform', 'x/y/z/q', 'a']],
  [['network', 'connect', '--driver-opt', 'x', 'n', 'c']],
  [['network', 'create', '--gateway', '1.2.3.4', 'n']],
  [['events', '--since', 'x']],
  [['config', 'create', 'c', '/nowhere']],
  [['secret', 'create', 's', '/nowhere']],
  [['inspect', '--type', 'plugin', 'x']],
  [['inspect', 'x', 'y']],
])('says that there is no engine before it looks at the arguments: %j', async (argv) => {
  expect(await run(argv)).toEqual({ stdout: '', stderr: noEngine, exitCode: 1 })
})

it.each([
  [['commit', '--pause', '--no-pause', 'x']],
  [['import', '/nowhere/x.tar']],
  [['events', '--format', '{{.']],
  [['inspect', '-f', '{{.', 'x']],
])('says what is wrong with %j before it needs an engine', async (argv) => {
  expect((await run(argv)).stderr).not.toContain(noEngine)
})

it('asks before it needs an engine', async () => {
  const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue? [y/N] '
  expect(await run(['container', 'prune'], { stdin: 'n\n' })).toEqual({ stdout: question, stderr: '', exitCode: 0 })
})
