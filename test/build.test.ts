import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..')

it('needs no package at install but what the library imports', () => {
  const imported = new Set<string>()
  for (const file of readdirSync(path.join(root, 'dist/engine')).filter((name) => name.endsWith('.mjs'))) {
    const text = readFileSync(path.join(root, 'dist/engine', file), 'utf8')
    for (const [, name] of text.matchAll(/(?:from|import\()\s*"((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[^"]*)?"/g)) {
      if (name !== 'node') imported.add(name ?? '')
    }
  }
  const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
  }
  expect([...imported].filter((name) => !name.startsWith('node:')).toSorted()).toEqual(Object.keys(dependencies))
})

it('bundles each package once, in a chunk of its own', () => {
  const dist = path.join(root, 'dist')
  // A word that only undici's client has.
  const holders = readdirSync(dist).filter(
    (name) =>
      name.endsWith('.cjs') && readFileSync(path.join(dist, name), 'utf8').includes('UND_ERR_RES_EXCEEDED_MAX_SIZE'),
  )
  expect(holders).toEqual(['undici-lib-dispatcher-client.cjs'])
})

it('has a report of the library that is up to date', () => {
  const check = spawnSync(process.execPath, [path.join(root, 'scripts/api-report.mjs'), '--check'], {
    encoding: 'utf8',
  })
  expect(check.stderr).toBe('')
})
