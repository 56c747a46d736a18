import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { connectByBun } from '../../src/connection/connect-bun.ts'
import type { Connector } from '../../src/engine/transport.ts'
import type { Bun, BunSocket } from '../../src/runtime/bun.ts'
import { fakeBun } from './fake-bun.ts'

const place = { hostname: '192.0.2.1', port: 2375 }

/** A Bun that connects when it is told to. */
function slowBun(): { bun: Bun; connected: () => void; terminated: () => boolean } {
  let connected = (): void => undefined
  let isTerminated = false
  const handle = { terminate: () => void (isTerminated = true) } as BunSocket
  const dialing = new Promise<BunSocket>((resolve) => (connected = () => resolve(handle)))
  return { bun: { ...fakeBun, connect: () => dialing }, connected, terminated: () => isTerminated }
}

test('a host that does not answer soon is left to the other way, and what connects later is closed', async () => {
  const { bun, connected, terminated } = slowBun()
  const other = new PassThrough()
  const connecting = connectByBun(bun, place, () => Promise.resolve(other))()
  await expect(connecting).resolves.toBe(other)
  connected()
  await vi.waitFor(() => expect(terminated()).toBe(true))
})

test('a signal ends the dialling, before and while it goes on', async () => {
  const otherwise: Connector = (signal) => Promise.reject(signal?.reason as Error)
  for (const when of ['before', 'while']) {
    const { bun, connected, terminated } = slowBun()
    const abort = new AbortController()
    if (when === 'before') abort.abort(new Error('enough'))
    const connecting = connectByBun(bun, place, otherwise)(abort.signal)
    abort.abort(new Error('enough'))
    await expect(connecting).rejects.toThrow('enough')
    connected()
    await vi.waitFor(() => expect(terminated()).toBe(true))
  }
})

test('a host that refuses is left to the other way, which says so', async () => {
  const bun = { ...fakeBun, connect: () => Promise.reject(new Error('Failed to connect')) }
  const otherwise: Connector = () => Promise.reject(new Error('connect ECONNREFUSED 192.0.2.1:2375'))
  await expect(connectByBun(bun, place, otherwise)()).rejects.toThrow('ECONNREFUSED')
})
