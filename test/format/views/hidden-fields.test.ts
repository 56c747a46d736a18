import { expect, test } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

test.each([
  [
    'image',
    'tag',
    '*formatter.imageContext',
    'GET /images/json',
    [{ Id: 'sha256:1', RepoTags: ['a:b'], Created: 1, Size: 1 }],
  ],
  ['volume', 'v', '*formatter.volumeContext', 'GET /volumes', { Volumes: [{ Name: 'a' }] }],
])('%s: the field .%s of %s cannot be read', async (command, field, type, path, row) => {
  const engine = await fakeEngine({ [path]: { json: row } })
  const { stderr } = await run([command, 'ls', '--format', `{{.${field}}}`], { engine })
  expect(stderr).toContain(`at <.${field}>: ${field} is an unexported field of struct type ${type}`)
})
