import { describe, expect, test } from 'vitest'
import { conform } from '../../src/go/conform.ts'
import { decode } from '../../src/go/decode.ts'
import type { Type } from '../../src/go/types.ts'
import { wires } from '../../src/engine/wires.ts'
import { gaps, mutations, sample, wrongs } from '../sample-reply.ts'

const problem = (act: () => unknown): string => {
  try {
    act()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('every wire type', () => {
  test.each(Object.entries(wires))('%s refuses what encoding/json refuses, and nothing else', async (_, wire) => {
    const type: Type = await wire()
    const whole = sample(type)
    expect(conform(type, structuredClone(whole))).toEqual(whole)
    const different: string[] = []
    let count = 0
    for (const { name, value } of mutations(whole, [...gaps, ...wrongs])) {
      if (value === undefined) continue
      count++
      const go = problem(() => decode(type, JSON.stringify(value)))
      const ours = problem(() => conform(type, structuredClone(value)))
      if ((go === '') !== (ours === '')) different.push(`${name}: ${go || 'taken'}, ${ours || 'taken'}`)
    }
    expect(different).toEqual([])
    expect(count).toBeGreaterThan(3)
  })

  test.each(Object.entries(wires))('%s fills every gap', async (_, wire) => {
    const type: Type = await wire()
    for (const { name, value } of mutations(sample(type), gaps)) {
      const filled = conform(type, value ?? null)
      // What is filled in is whole: nothing is left for another round.
      expect(conform(type, structuredClone(filled)), name).toEqual(filled)
    }
  })
})
