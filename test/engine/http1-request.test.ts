import { Duplex } from 'node:stream'
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, it } from 'vitest'
import { writeRequest } from '../../src/engine/http1-request.ts'

/** What the program holds, in MiB, once all that can go is gone. */
function held(): number {
  v8.setFlagsFromString('--expose-gc')
  ;(vm.runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed / 2 ** 20
}

it('keeps nothing of the chunks that it has sent', async () => {
  const socket = new Duplex({ write: (_, __, done) => done(), writev: (_, done) => done(), read: () => undefined })
  let grown = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const chunk = Buffer.from('x')
    const before = held()
    for (let i = 0; i < 100_000; i++) yield chunk
    grown = held() - before
  }
  const neverStopped = new Promise<void>(() => undefined)
  await writeRequest(socket, 'host', { method: 'POST', path: '/images/load', body: chunks() }, neverStopped)
  expect(grown).toBeLessThan(10)
})
