import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { manifest } from '../../src/manifest.ts'

describe('the manifest', () => {
  it('is what the command files say', () => {
    execFileSync(process.execPath, ['scripts/manifest.mjs', '--check'])
  })

  it('loads a command for every name, and the command knows that name', async () => {
    for (const entry of manifest) {
      if (entry.kind === 'command') expect((await entry.load()).default.path).toContain(entry.path)
    }
  })
})
