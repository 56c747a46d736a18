import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sendEndlessly, withoutEnd } from './endless.ts'
import { checkBuilt } from '../program.ts'
import { hostileEngine, type Plan } from './engine.ts'
import { start } from './process.ts'

// Twice what the largest reply may be, and more than a program that kept it all would get away with.
const LIMIT = 200 * 1024 * 1024
const MEMORY = 400

beforeAll(() => {
  checkBuilt()
})

async function serve(over: 'unix' | 'tcp', key: string, play: Plan['play']): Promise<string> {
  const engine = await hostileEngine(over, { key, early: false, play })
  onTestFinished(() => engine.close())
  return engine.host
}

describe.each(['unix', 'tcp'] as const)('without end, over %s', (over) => {
  test.each(withoutEnd)(
    '$name',
    async (reply) => {
      const host = await serve(over, reply.key, ({ socket, good }) => sendEndlessly(socket, good, reply, LIMIT))
      const { code, stderr, megabytes } = await start(reply.argv, host).ended
      expect({ code, silent: stderr === '' }).toEqual({ code: reply.harmless ? 0 : 1, silent: reply.harmless === true })
      expect(megabytes).toBeLessThan(MEMORY)
    },
    60_000,
  )
})

describe('silence', () => {
  test.each([
    ['ps', 'GET /containers/json', 1],
    ['pull busybox', 'POST /images/create', 1],
    ['logs -f web', `GET /containers/${'c0ffee'.padEnd(64, '0')}/logs`, 1],
    ['run busybox', `POST /containers/${'c0ffee'.padEnd(64, '0')}/start`, 3],
    ['run busybox', `POST /containers/${'c0ffee'.padEnd(64, '0')}/wait`, 3],
    ['start -a web', `POST /containers/${'c0ffee'.padEnd(64, '0')}/start`, 3],
    ['attach web', 'POST /containers/web/attach', 3],
  ])(
    '%s, at %s, ends at SIGINT number %i at the latest',
    async (line, key, times) => {
      let asked = (): void => undefined
      const reached = new Promise<void>((resolve) => (asked = resolve))
      const program = start(line.split(' '), await serve('unix', key, asked), 25_000)
      await reached
      for (let i = 0; i < times; i++) {
        program.kill('SIGINT')
        await Promise.race([program.ended, new Promise((resolve) => setTimeout(resolve, 100))])
      }
      const { code, signal } = await program.ended
      expect(code === 0 || (code === null && signal !== 'SIGINT')).toBe(false)
    },
    30_000,
  )
})
