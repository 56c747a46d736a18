import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../harness.ts'

describe('what a command loads', () => {
  beforeAll(() => {
    if (!fs.existsSync('dist/main.cjs')) spawnSync(process.execPath, ['scripts/build.mjs'])
  })

  /** The files of dist/ that a command line reads. */
  function chunks(...argv: string[]): string[] {
    const hook = path.join(temporaryFolder(), 'hook.cjs')
    fs.writeFileSync(
      hook,
      `const fs = require('fs'), read = fs.readFileSync
fs.readFileSync = (file, ...rest) => {
  if (/[\\\\/]dist[\\\\/][^\\\\/]+$/.test(String(file))) process._rawDebug('LOADED ' + require('path').basename(String(file)))
  return read(file, ...rest)
}`,
    )
    const { stderr } = spawnSync(process.execPath, ['-r', hook, '--', 'bin/docket', ...argv], {
      encoding: 'utf8',
      // Node's pipes are sockets, which take a stream to be written to without blocking.
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return [...stderr.matchAll(/^LOADED (.+)$/gm)].map(([, name]) => name!)
  }

  it('is no more than it needs', () => {
    const help = ['main.cjs', 'plugins-host.cjs', 'root-help.txt']
    expect(chunks('--help').filter((name) => !help.includes(name))).toEqual([])
    expect(chunks('--version')).toEqual(['main.cjs'])
    expect(chunks('ps', '--help').toSorted()).toEqual([
      'cli-help.cjs',
      'commander-esm.cjs',
      'commands-container-ls.cjs',
      'main.cjs',
    ])
  })
})
