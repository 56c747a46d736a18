import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

const root = join(import.meta.dirname, '../..')

onEngines('docket, installed from its own tarball,', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-package-'))
  const prefix = join(folder, 'prefix')
  let tarball = ''
  const installed = (...args: string[]): string =>
    execFileSync(join(prefix, 'bin/docket'), args, { env: engine.env, encoding: 'utf8' })
  const npm = (...args: string[]): string => execFileSync('npm', args, { cwd: root, encoding: 'utf8' })

  beforeAll(() => {
    // Building is done: scripts would take dist/ away from the tests beside this one.
    npm('pack', '--ignore-scripts', '--silent', '--pack-destination', folder)
    tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
    npm('install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', '--loglevel=error', join(folder, tarball))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('runs a container', () => {
    expect(installed('run', '--rm', 'busybox', 'echo', 'hi')).toBe('hi\n')
  })

  test('brings at most six packages and nothing that building left', () => {
    const packages = npm('ls', '--global', '--prefix', prefix, '--all', '--parseable').trim().split('\n').slice(1)
    expect(packages.length).toBeLessThanOrEqual(6)
    const files = execFileSync('tar', ['-tzf', join(folder, tarball)], { encoding: 'utf8' })
      .trim()
      .split('\n')
    expect(files).toContain('package/dist/main.cjs')
    expect(files.filter((name) => /cache|\.built|node_modules|\/(src|test|scripts)\//.test(name))).toEqual([])
  })

  test('is a library, too', () => {
    const script = `import { openEngine } from 'docket/engine'
      const engine = await openEngine({ env: process.env })
      const { Version } = await engine.system.version()
      engine.close()
      console.log(typeof Version)`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(prefix, 'lib/node_modules/docket'),
      env: engine.env,
      encoding: 'utf8',
    })
    expect(said).toBe('string\n')
  })
})
