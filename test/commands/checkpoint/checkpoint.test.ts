import { expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

it('docker checkpoint create, ls and rm', async () => {
  const engine = await fakeEngine(
    {
      'POST /containers/web/checkpoints': { status: 201 },
      'GET /containers/web/checkpoints': { json: [{ Name: 'one' }, { Name: 'two' }] },
      'DELETE /containers/web/checkpoints/one': {},
    },
    { experimental: true },
  )
  expect((await run(['checkpoint', 'create', '--leave-running', 'web', 'one'], { engine })).stdout).toBe('one\n')
  const { stdout } = await run(['checkpoint', 'list', '--checkpoint-dir', '/dir', 'web'], { engine })
  expect(stdout).toBe('CHECKPOINT NAME\none\ntwo\n')
  expect(await run(['checkpoint', 'rm', 'web', 'one'], { engine })).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  expect(engine.requests.map(({ json, query }) => json ?? query)).toEqual([
    { CheckpointID: 'one', CheckpointDir: '', Exit: false },
    { dir: '/dir' },
    {},
  ])
})

it('docker checkpoint ls aligns what has tabs, and shows on a terminal what would end the line', async () => {
  const json = [{ Name: 'a\tb' }, { Name: 'c\nd' }]
  const engine = await fakeEngine({ 'GET /containers/web/checkpoints': { json } }, { experimental: true })
  expect((await run(['checkpoint', 'ls', 'web'], { engine })).stdout).toBe('CHECKPOINT NAME\na         b\nc\nd\n')
  const shown = await run(['checkpoint', 'ls', 'web'], { engine, terminal: true })
  expect(shown.stdout).toBe('CHECKPOINT NAME\na\\tb\nc\\nd\n')
})

it('docker checkpoint needs a daemon with experimental features', async () => {
  const engine = await fakeEngine()
  expect((await run(['checkpoint', 'ls', 'web'], { engine })).stderr).toContain('experimental features enabled')
})
