import { expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

it('docker top lays the processes out in columns', async () => {
  const json = {
    Titles: ['PID', 'CMD'],
    Processes: [
      ['1', 'sh'],
      ['23', 'sleep 10'],
    ],
  }
  const engine = await fakeEngine({ 'GET /containers/web/top': { json } })
  expect((await run(['top', 'web', '-eo', 'pid,cmd'], { engine })).stdout).toBe(
    `PID                 CMD\n1                   sh\n23                  sleep 10\n`,
  )
  expect(engine.requests[0]?.query).toEqual({ ps_args: '-eo pid,cmd' })
})
