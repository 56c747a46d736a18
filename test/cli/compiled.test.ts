import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../harness.ts'

const root = process.geteuid?.() === 0
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']
const build = `${process.version}-${process.arch}`

/** An installation that anybody may enter, whose program prints `word`. */
function installation(word = 'loaded'): string {
  const folder = temporaryFolder()
  fs.chmodSync(folder, 0o755)
  fs.mkdirSync(path.join(folder, 'bin'))
  fs.mkdirSync(path.join(folder, 'dist'), { mode: 0o755 })
  fs.copyFileSync('bin/docket', path.join(folder, 'bin/docket'))
  fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped("console.log(require('./part.cjs').word(), __dirname)"))
  fs.writeFileSync(path.join(folder, 'dist/part.cjs'), wrapped(`exports.word = () => '${word}'`))
  return folder
}

/** Code as the build leaves it. */
function wrapped(code: string): string {
  return `(function(exports,require,module,__filename,__dirname){${code}\n})`
}

function launch(folder: string, env: Record<string, string> = {}, by: readonly string[] = []): string {
  const [file, ...args] = [...by, process.execPath, '--', path.join(folder, 'bin/docket')]
  const { stdout, stderr, signal } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    cwd: '/',
  })
  return stdout + stderr + (signal ?? '')
}

const beside = (folder: string): string => path.join(folder, 'dist', `compiled-${build}`)
const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8)
const listed = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder).toSorted() : [])

/** The compiled form of a program that prints `evil`, made to look like that of `folder`'s, whose word has as many letters. */
function forged(folder: string): Buffer {
  const other = installation('evil!!')
  launch(other)
  const file = fs.readFileSync(path.join(beside(other), 'part.cjs'))
  const code = fs.readFileSync(path.join(folder, 'dist/part.cjs'))
  code.copy(file, file.indexOf('\n') + 1)
  return file
}

describe('compiled forms', () => {
  it('are kept beside dist/ where that is the caller’s alone, and used', () => {
    const folder = installation()
    const said = `loaded ${path.join(folder, 'dist')}\n`
    expect(launch(folder)).toBe(said)
    expect(listed(beside(folder))).toEqual(['main.cjs', 'part.cjs'])
    expect(launch(folder)).toBe(said)
    // V8 runs what is kept: a forged one in the trusted folder shows it, which gives the tests below their meaning.
    fs.writeFileSync(path.join(beside(folder), 'part.cjs'), forged(folder))
    expect(launch(folder)).toMatch(/^evil!! /)
  })

  it('have modes of their own under umask 0', () => {
    const folder = installation()
    launch(folder, {}, ['sh', '-c', 'umask 0; exec "$@"', 'sh'])
    expect(modeOf(beside(folder))).toBe('700')
    expect(modeOf(path.join(beside(folder), 'main.cjs'))).toBe('600')
  })

  it('are passed over when damaged anywhere, and replaced', () => {
    const folder = installation()
    launch(folder)
    const file = path.join(beside(folder), 'part.cjs')
    const whole = fs.readFileSync(file)
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 15)) {
      const zeros = Buffer.concat([whole.subarray(0, at), Buffer.alloc(whole.length - at)])
      const flipped = Buffer.from(whole)
      flipped[at]! ^= 0x40
      for (const damaged of [whole.subarray(0, at), zeros, flipped]) {
        fs.writeFileSync(file, damaged)
        expect(launch(folder), `at ${at} of ${whole.length}`).toMatch(/^loaded .*\n$/)
        expect(fs.readFileSync(file).length).toBeGreaterThan(at)
      }
    }
  }, 60_000)

  it('do not outlive the code, also when the new code is as long', () => {
    const folder = installation('before')
    launch(folder)
    fs.writeFileSync(path.join(folder, 'dist/part.cjs'), wrapped("exports.word = () => 'behind'"))
    expect(launch(folder)).toMatch(/^behind /)
    expect(launch(folder)).toMatch(/^behind /)
  })

  it('leave no temporary, and remove what a killed run has left', () => {
    const folder = installation()
    launch(folder)
    const left = path.join(beside(folder), '.part.cjs.1')
    fs.writeFileSync(left, '')
    fs.utimesSync(left, 1, 1)
    fs.rmSync(path.join(beside(folder), 'part.cjs'))
    launch(folder)
    expect(listed(beside(folder))).toEqual(['main.cjs', 'part.cjs'])
  })

  it('are not kept when Node runs with flags of its own, or where something is in the way', () => {
    const folder = installation()
    expect(launch(folder, { NODE_OPTIONS: '--no-deprecation' })).toMatch(/^loaded /)
    expect(listed(beside(folder))).toEqual([])
    fs.writeFileSync(beside(folder), 'in the way')
    expect(launch(folder)).toMatch(/^loaded .*\n$/)
  })
})

describe('compiled forms in the user’s folder', () => {
  /** An installation that is not for its caller alone, and a home. */
  function shared(): { folder: string; home: string } {
    const folder = installation()
    fs.chmodSync(path.join(folder, 'dist'), 0o775)
    return { folder, home: temporaryFolder() }
  }
  const named = (folder: string): string => `${build}-${encodeURIComponent(path.join(folder, 'dist'))}`

  it.each([
    [{}, '.cache/docket'],
    [{ XDG_CACHE_HOME: 'cache' }, 'cache/docket'],
  ])('go to the folder for caches, named by installation %j', (env, below) => {
    const { folder, home } = shared()
    const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, path.join(home, value)]))
    for (let run = 0; run < 2; run++) expect(launch(folder, { HOME: home, ...own })).toMatch(/^loaded .*\n$/)
    const place = path.join(home, below, named(folder))
    expect(listed(place)).toEqual(['main.cjs', 'part.cjs'])
    expect([modeOf(place), modeOf(path.join(home, below))]).toEqual(['700', '700'])
    expect(listed(beside(folder))).toEqual([])
  })

  it('go nowhere without an absolute home, or where others may write', () => {
    const { folder, home } = shared()
    fs.chmodSync(home, 0o1777)
    for (const env of [{}, { HOME: '' }, { HOME: 'here' }, { XDG_CACHE_HOME: '.' }, { HOME: home }]) {
      expect(launch(folder, env as Record<string, string>)).toMatch(/^loaded .*\n$/)
    }
    expect([...listed(beside(folder)), ...listed(home)]).toEqual([])
  })
})

describe.runIf(root)('compiled forms and other accounts', () => {
  it.each([
    ['a folder of another account', { uid: 65534, fileUid: 65534, folder: 0o755, file: 0o644 }],
    ['a folder that others may write', { uid: 0, fileUid: 0, folder: 0o1777, file: 0o644 }],
    ['a folder that the group may write', { uid: 0, fileUid: 0, folder: 0o775, file: 0o644 }],
    ['a file that others may write', { uid: 0, fileUid: 0, folder: 0o755, file: 0o666 }],
    ['a file of another account', { uid: 0, folder: 0o755, file: 0o644, fileUid: 65534 }],
  ])('are not taken from %s', (_, { uid, fileUid, folder: folderMode, file: fileMode }) => {
    const folder = installation()
    const place = beside(folder)
    const file = path.join(place, 'part.cjs')
    fs.mkdirSync(place)
    fs.writeFileSync(file, forged(folder))
    fs.chmodSync(file, fileMode)
    fs.chownSync(file, fileUid, fileUid)
    fs.chownSync(place, uid, uid)
    fs.chmodSync(place, folderMode)
    expect(launch(folder)).toMatch(/^loaded /)
  })

  it('are not taken through a link', () => {
    const folder = installation()
    const elsewhere = temporaryFolder()
    fs.writeFileSync(path.join(elsewhere, 'part.cjs'), forged(folder), { mode: 0o600 })
    fs.symlinkSync(elsewhere, beside(folder))
    expect(launch(folder)).toMatch(/^loaded /)
  })

  it('one account’s are neither read nor written by another’s program', () => {
    const folder = installation()
    fs.chmodSync(path.join(folder, 'dist'), 0o777)
    const home = temporaryFolder()
    fs.chownSync(home, 65534, 65534)
    launch(folder, { HOME: home }, nobody)
    const place = path.join(home, '.cache/docket', `${build}-${encodeURIComponent(path.join(folder, 'dist'))}`)
    expect(listed(place)).toEqual(['main.cjs', 'part.cjs'])
    fs.writeFileSync(path.join(place, 'part.cjs'), forged(folder))
    expect(launch(folder, { HOME: home }, nobody)).toMatch(/^evil!! /)
    // As under sudo, which may leave HOME alone.
    expect(launch(folder, { HOME: home })).toMatch(/^loaded /)
    fs.rmSync(path.join(home, '.cache'), { recursive: true })
    expect(launch(folder, { HOME: home })).toMatch(/^loaded /)
    expect(listed(home)).toEqual([])
  })

  it('are not missed where nothing can be written', () => {
    const folder = installation()
    expect(launch(folder, { HOME: folder }, nobody)).toMatch(/^loaded .*\n$/)
    expect(listed(beside(folder))).toEqual([])
    expect(listed(folder)).toEqual(['bin', 'dist'])
  })

  it('leave nothing on a full disk', () => {
    const { folder, home } = { folder: installation(), home: temporaryFolder() }
    fs.chmodSync(path.join(folder, 'dist'), 0o775)
    fs.appendFileSync(path.join(folder, 'dist/main.cjs'), `\n// ${'-'.repeat(20_000)}`)
    const script = `mount -t tmpfs -o size=16k,mode=700 none "$HOME" && "$@" && "$@" && find "$HOME" -type f`
    const said = launch(folder, { HOME: home }, ['unshare', '-m', 'sh', '-c', script, 'sh'])
    expect(said.split('\n').map((line) => line.split(' ', 1)[0])).toEqual(['loaded', 'loaded', ''])
  })
})
