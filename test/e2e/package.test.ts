import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { onEngines } from '../engines.ts'

const root = join(import.meta.dirname, '../..')

test('its types and exports are what bundlers and Node resolve', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-package-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const tarball = readFileSync(pack(folder))
  const { messages } = await publint({ pack: { tarball: Uint8Array.from(tarball).buffer }, strict: true })
  expect(messages).toEqual([])
  const analysis = await checkPackage(createPackageFromTarballData(tarball))
  if (!('problems' in analysis)) return expect.fail('the package has no types')
  // It is an ES module only: require() and what went before `exports` do not count.
  const excused = ['node10', 'node16-cjs']
  expect(
    analysis.problems.filter((each) => !('resolutionKind' in each && excused.includes(each.resolutionKind))),
  ).toEqual([])
})

onEngines('docket, installed from its own tarball,', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-package-'))
  const prefix = join(folder, 'prefix')
  let tarball = ''
  const installed = (...args: string[]): string =>
    execFileSync(join(prefix, 'bin/docket'), args, { env: engine.env, encoding: 'utf8' })

  beforeAll(() => {
    tarball = pack(folder)
    npm('install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', '--loglevel=error', tarball)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('runs a container', () => {
    expect(installed('run', '--rm', 'busybox', 'echo', 'hi')).toBe('hi\n')
  })

  test('brings at most six packages and nothing that building left', () => {
    const packages = npm('ls', '--global', '--prefix', prefix, '--all', '--parseable').trim().split('\n').slice(1)
    expect(packages.length).toBeLessThanOrEqual(6)
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
    expect(files).toContain('package/dist/main.cjs')
    expect(files.filter((name) => /cache|\.built|node_modules|\/(src|test|scripts)\//.test(name))).toEqual([])
  })

  test('has compiled forms of the commonest commands before anybody ran them', () => {
    const place = `lib/node_modules/docket/dist/compiled-${process.version}-${process.arch}`
    const kept = readdirSync(join(prefix, place))
    for (const name of ['docket', 'ps', 'run', 'exec', 'build']) expect(kept).toContain(`${name}.pack`)
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

function npm(...args: string[]): string {
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8' })
}

/** Packs what is built into a folder and gives the tarball's path. */
function pack(folder: string): string {
  // Scripts would take dist/ away from the tests beside this one.
  npm('pack', '--ignore-scripts', '--silent', '--pack-destination', folder)
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
}
