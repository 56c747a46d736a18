import { expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const warned = { json: { Warnings: ['no swap'] } }

it('changes each container and tells warnings last', async () => {
  const engine = await fakeEngine({
    'POST /containers/a/update': warned,
    'POST /containers/b/update': { status: 404, error: 'No such container: b' },
    'POST /containers/c/update': { json: { Warnings: null } },
  })
  const outcome = await run(['update', '--memory', '1g', '--restart', 'on-failure:3', 'a', 'b', 'c'], { engine })
  expect(outcome).toEqual({
    stdout: 'a\nc\nno swap\n',
    stderr: 'Error response from daemon: No such container: b\n',
    exitCode: 1,
  })
  expect(engine.requests[0]?.json).toMatchObject({
    Memory: 1073741824,
    PidsLimit: null,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
  })
})

it('sends a process limit only where one is given', async () => {
  const engine = await fakeEngine({ 'POST /containers/a/update': warned })
  await run(['container', 'update', '--pids-limit', '-1', 'a'], { engine })
  expect(engine.requests[0]?.json).toMatchObject({ PidsLimit: -1, RestartPolicy: { Name: '', MaximumRetryCount: 0 } })
})

it('takes --help=false for a flag', async () => {
  const engine = await fakeEngine({ 'POST /containers/a/update': { json: {} } })
  expect(await run(['update', 'a', '-h=false'], { engine })).toMatchObject({ stderr: '', exitCode: 0 })
})

it('has nothing to do without a flag', async () => {
  const outcome = await run(['update', 'a'])
  expect(outcome).toEqual({
    stdout: '',
    stderr: 'you must provide one or more flags when using this command\n',
    exitCode: 1,
  })
})
