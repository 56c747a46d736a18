import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { waitingFor } from '../../src/streams/waiting.ts'
import { Recorder } from '../harness.ts'

describe('waiting', () => {
  it('says what is being done on a terminal when it takes long, and wipes it away', async () => {
    const err = new Recorder(2, { terminal: true })
    expect(await waitingFor(err, 'Counting', sleep(1500, 'answer'))).toBe('answer')
    expect(err.text).toContain('Counting')
    expect(err.text.slice(err.text.lastIndexOf('Counting'))).toContain('\u001B[2K')
    const after = err.text
    await sleep(200)
    expect(err.text).toBe(after)
  })

  it('says nothing where it is quick, in a pipe, or before an error', async () => {
    const quick = new Recorder(2, { terminal: true })
    await waitingFor(quick, 'Counting', sleep(10))
    const pipe = new Recorder(2)
    await waitingFor(pipe, 'Counting', sleep(1000))
    const failing = new Recorder(2, { terminal: true })
    await expect(waitingFor(failing, 'Counting', Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect([quick.text, pipe.text, failing.text]).toEqual(['', '', ''])
  })
})
