import { describe, expect, it } from 'vitest'
import { logsOptions } from '../../../src/commands/container/logs.ts'
import { fakeEngine, frame } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const inspected = (Tty: boolean) => ({ 'GET /containers/web/json': { json: { Id: 'abc', Config: { Tty } } } })

describe('docker logs', () => {
  it('takes the two streams apart', async () => {
    const bytes = Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n'), frame(1, 'more\n')])
    const engine = await fakeEngine({ ...inspected(false), 'GET /containers/abc/logs': { bytes } })
    const outcome = await run(['logs', '-ft', '-n', '3', 'web'], { engine })
    expect(outcome).toEqual({ stdout: 'out\nmore\n', stderr: 'err\n', exitCode: 0 })
    expect(engine.requests[1]?.query).toEqual({ stdout: '1', stderr: '1', follow: '1', timestamps: '1', tail: '3' })
  })

  it("gives a terminal's bytes as they are", async () => {
    const engine = await fakeEngine({
      ...inspected(true),
      'GET /containers/abc/logs': { bytes: Buffer.from('\u0001raw\r\n') },
    })
    expect((await run(['logs', '--tail', 'all', 'web'], { engine })).stdout).toBe('\u0001raw\r\n')
    expect(engine.requests[1]?.query).toEqual({ stdout: '1', stderr: '1' })
  })

  it("ends with the daemon's error inside the stream", async () => {
    const bytes = Buffer.concat([frame(1, 'out\n'), frame(3, 'disk on fire')])
    const engine = await fakeEngine({ ...inspected(false), 'GET /containers/abc/logs': { bytes } })
    expect(await run(['logs', 'web'], { engine })).toEqual({
      stdout: 'out\n',
      stderr: 'error from daemon in stream: disk on fire\n',
      exitCode: 1,
    })
  })
})

describe('logsOptions', () => {
  const now = new Date('2024-01-02T03:04:05.678Z')

  it('turns times into Unix ones', () => {
    expect(logsOptions({ since: '10s', until: '2024-01-02T03:04:05.5Z' }, now)).toMatchObject({
      since: '1704164635',
      until: '1704164645.500000000',
    })
  })

  it('says which time it cannot read', () => {
    expect(() => logsOptions({ until: 'bogus' }, now)).toThrow('invalid value for "until": failed to parse value')
  })
})
