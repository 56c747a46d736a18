import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toBytes, toText } from '../../src/archive/bytes.ts'
import { keepTrailing, planCopy, rebased, splitEntry } from '../../src/archive/paths.ts'

interface Plan {
  source: string
  rebase: string
  sourceDir: boolean
  destination: string
  exists: boolean
  isDir: boolean
  directory?: string
  names?: string[]
  error?: string
}

/** What the reference's own functions answered. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'paths-vectors.json'), 'utf8')) as {
  split: [string, string, string][]
  keep: [string, string, string][]
  rebased: [string, string, string, string][]
  plans: Plan[]
  names: string[]
}

describe('the rules about paths', () => {
  it.each(vectors.split)('parts %j as the reference', (path, directory, base) => {
    expect(splitEntry(path)).toEqual({ directory, base })
  })

  it.each(vectors.keep)('keeps for %j what ends %j', (cleaned, original, kept) => {
    expect(keepTrailing(cleaned, original)).toBe(kept)
  })

  it.each(vectors.rebased)('asked for %j, links led to %j', (asked, resolved, path, rebaseName) => {
    expect(rebased(asked, resolved)).toEqual({ path, rebaseName })
  })

  it.each(vectors.plans)('copies $source ($sourceDir) to $destination ($exists, $isDir), renamed $rebase', (plan) => {
    const source = { path: plan.source, exists: true, isDirectory: plan.sourceDir, rebaseName: plan.rebase }
    const destination = { path: plan.destination, exists: plan.exists, isDirectory: plan.isDir, rebaseName: '' }
    if (plan.error !== undefined) return expect(() => planCopy(source, destination)).toThrow(plan.error)
    const { directory, rename } = planCopy(source, destination)
    return expect([directory, vectors.names.map(rename)]).toEqual([plan.directory, plan.names])
  })

  it('renames names that are no UTF-8, and by those that are more than ASCII', () => {
    const at = { exists: false, isDirectory: true, rebaseName: '' }
    const { rename } = planCopy({ ...at, path: '/ä' }, { ...at, path: '/ö' })
    expect(rename(`${toBytes('ä')}/\xff\xfe`)).toBe(`${toBytes('ö')}/\xff\xfe`)
    expect(toText(rename(toBytes('ä/ß')))).toBe('ö/ß')
  })
})
