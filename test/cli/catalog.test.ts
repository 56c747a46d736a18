import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.ts'
import { loadCommand } from '../../src/load-command.ts'

describe('the catalog', () => {
  it('is what the command files say', () => {
    execFileSync(process.execPath, ['scripts/catalog.mjs', '--check'])
  })

  it('loads a command for every name, and the command knows that name', async () => {
    for (const entry of catalog) {
      if (entry.kind === 'command') expect((await loadCommand(entry.file)).path).toContain(entry.path)
    }
  })
})
