import { describe, expect, it } from 'vitest'
import { eachAtOnce } from '../../src/commands/_each.ts'

describe('eachAtOnce', () => {
  it('reports in the order given, whoever is first', async () => {
    const done: string[] = []
    const wait: Record<string, number> = { slow: 20, quick: 0 }
    await eachAtOnce(
      ['slow', 'quick'],
      (name) => new Promise((resolve) => setTimeout(resolve, wait[name])),
      (name) => done.push(name),
    )
    expect(done).toEqual(['slow', 'quick'])
  })

  it('goes on after failures and throws them together', async () => {
    const done: string[] = []
    const act = async (name: string) => {
      if (name.startsWith('bad')) throw new Error(`no ${name}`)
    }
    const all = eachAtOnce(['bad1', 'good', 'bad2'], act, (name) => done.push(name))
    await expect(all).rejects.toMatchObject({ message: 'no bad1\nno bad2', exitCode: 1 })
    expect(done).toEqual(['good'])
  })

  it('keeps fifty busy and takes the next as one is through', async () => {
    let busy = 0
    let most = 0
    const names = Array.from({ length: 120 }, (_, i) => String(i))
    const act = async () => {
      most = Math.max(most, ++busy)
      await new Promise((resolve) => setImmediate(resolve))
      busy--
    }
    const done: string[] = []
    await eachAtOnce(names, act, (name) => done.push(name))
    expect(most).toBe(50)
    expect(done).toEqual(names)
  })
})
