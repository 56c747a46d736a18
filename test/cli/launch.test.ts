import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../harness.ts'

/** An installation whose program prints what it loads. */
function installation(): string {
  const folder = temporaryFolder()
  fs.mkdirSync(path.join(folder, 'bin'))
  fs.mkdirSync(path.join(folder, 'dist'))
  fs.copyFileSync('bin/docket', path.join(folder, 'bin/docket'))
  fs.writeFileSync(path.join(folder, 'dist/main.cjs'), "console.log(require('./part.cjs').word, __dirname)")
  fs.writeFileSync(path.join(folder, 'dist/part.cjs'), "exports.word = 'loaded'")
  return folder
}

function launch(folder: string, env: Record<string, string> = {}) {
  const { stdout, stderr } = spawnSync(process.execPath, ['--', path.join(folder, 'bin/docket')], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  })
  return stdout + stderr
}

function cached(folder: string): string[] {
  const [cache] = fs.readdirSync(path.join(folder, 'dist')).filter((name) => name.startsWith('cache-'))
  return cache === undefined ? [] : fs.readdirSync(path.join(folder, 'dist', cache)).toSorted()
}

describe('the launcher', () => {
  it('keeps the compiled form of what it loaded, and uses it', () => {
    const folder = installation()
    const said = `loaded ${path.join(folder, 'dist')}\n`
    expect(launch(folder)).toBe(said)
    expect(cached(folder)).toEqual(['main.cjs', 'part.cjs'])
    expect(launch(folder)).toBe(said)
  })

  it('runs with a cache that is damaged', () => {
    const folder = installation()
    launch(folder)
    const [cache] = fs.readdirSync(path.join(folder, 'dist')).filter((name) => name.startsWith('cache-'))
    fs.writeFileSync(path.join(folder, 'dist', cache!, 'part.cjs'), 'damaged')
    expect(launch(folder)).toMatch(/^loaded /)
  })

  it('keeps nothing when Node runs with flags of its own, or where it may not', () => {
    const folder = installation()
    expect(launch(folder, { NODE_OPTIONS: '--no-deprecation' })).toMatch(/^loaded /)
    expect(cached(folder)).toEqual([])
    fs.writeFileSync(path.join(folder, 'dist', `cache-${process.version}-${process.arch}`), 'in the way')
    expect(launch(folder)).toMatch(/^loaded /)
  })
})

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
    const { stderr } = spawnSync(process.execPath, ['-r', hook, '--', 'bin/docket', ...argv], { encoding: 'utf8' })
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
