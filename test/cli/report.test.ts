import { expect, it } from 'vitest'
import { report } from '../../src/cli/report.ts'
import { ReplyError } from '../../src/engine/errors.ts'
import { decodeOdd } from '../../src/engine/odd-reply.ts'
import { unlockKeyResponse } from '../../src/wire/swarm.ts'

const loud = { terminal: true, debug: true }

it('adds the hint on a terminal, and the stack with --debug', () => {
  const error = new ReplyError('EOF', 'GET /x', { path: '', expected: 'JSON', got: 'nothing' })
  expect(report(error, { terminal: false, debug: false }).text).toBe('EOF\n')
  expect(report(error, { terminal: true, debug: false }).text).toMatch(/^EOF\nIn the answer to GET \/x.*\n.*\n$/)
  expect(report(error, loud).text).toMatch(/\n +at .*report\.test/)
})

it('tells no token and no key of a swarm, not even where the daemon does', () => {
  const error = new Error('SWMTKN-1-0abc-9xyz is not valid, "SWMKEY-1-a+b/c=" is')
  expect(report(error, loud).text).toMatch(/^SWMTKN-\.\.\. is not valid, "SWMKEY-\.\.\." is\nError: SWMTKN-\.\.\. is/)
  let broken: unknown
  try {
    decodeOdd('{"UnlockKey": "SWMKEY-1-secret', 'GET /swarm/unlockkey', unlockKeyResponse)
  } catch (thrown) {
    broken = thrown
  }
  const { text } = report(broken, loud)
  expect(text).toContain('SWMKEY-...')
  expect(text).not.toContain('secret')
})
