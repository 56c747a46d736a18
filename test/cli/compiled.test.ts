import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.ts'
import { type AnyFlag, flagName } from '../../src/cli/flags.ts'
import { globalFlags } from '../../src/cli/globals.ts'
import { temporaryFolder } from '../harness.ts'

const root = process.geteuid?.() === 0
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']
const build = `${process.version}-${process.arch}`
// A container may forbid it.
const traces = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
/** The file of a run without a command. */
const kept = 'docket.pack'

/** An installation that anybody may enter, whose program prints `word`. */
function installation(word = 'loaded'): string {
  const folder = temporaryFolder()
  fs.chmodSync(folder, 0o755)
  fs.mkdirSync(path.join(folder, 'bin'))
  fs.mkdirSync(path.join(folder, 'dist'), { mode: 0o755 })
  for (const file of ['docket', 'keep-compiled.cjs']) fs.copyFileSync(`bin/${file}`, path.join(folder, 'bin', file))
  fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped("console.log(require('./part.cjs').word(), __dirname)"))
  fs.writeFileSync(path.join(folder, 'dist/part.cjs'), wrapped(`exports.word = () => '${word}'`))
  return folder
}

/** Code as the build leaves it. */
function wrapped(code: string): string {
  return `(function(exports,require,module,__filename,__dirname){${code}\n})`
}

function launch(
  folder: string,
  env: Record<string, string> = {},
  by: readonly string[] = [],
  argv: readonly string[] = [],
): string {
  const [file = '', ...args] = [...by, process.execPath, '--', path.join(folder, 'bin/docket'), ...argv]
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

/** The compiled forms of a program that prints `evil`, made to look like those of `folder`'s, whose word has as many letters. */
function forged(folder: string): Buffer {
  const other = installation('evil!!')
  launch(other)
  const file = fs.readFileSync(path.join(beside(other), kept))
  const code = fs.readFileSync(path.join(folder, 'dist/part.cjs'))
  code.copy(file, file.length - code.length)
  return file
}

describe('compiled forms', () => {
  it('are kept beside dist/ where that is the caller’s alone, and used', () => {
    const folder = installation()
    const said = `loaded ${path.join(folder, 'dist')}\n`
    expect(launch(folder)).toBe(said)
    expect(listed(beside(folder))).toEqual([kept])
    expect(launch(folder)).toBe(said)
    // V8 runs what is kept: a forged one in the trusted folder shows it, which gives the tests below their meaning.
    fs.writeFileSync(path.join(beside(folder), kept), forged(folder))
    expect(launch(folder)).toMatch(/^evil!! /)
  })

  it.each([
    [0o755, '755', '644'],
    [0o700, '700', '600'],
  ])('may be read by whoever may read dist/ (%o), also under umask 0', (mode, folderMode, fileMode) => {
    const folder = installation()
    fs.chmodSync(path.join(folder, 'dist'), mode)
    launch(folder, {}, ['sh', '-c', 'umask 0; exec "$@"', 'sh'])
    expect(modeOf(beside(folder))).toBe(folderMode)
    expect(modeOf(path.join(beside(folder), kept))).toBe(fileMode)
  })

  it.each([
    [['ps', '-a'], 'ps.pack'],
    [['container', 'ls'], 'container%20ls.pack'],
    [['--context', 'mine', '-D', '--config=x', 'logs', 'web'], 'logs.pack'],
    [['../x'], '..%2Fx.pack'],
  ])('are a file for each command: %j', (argv, name) => {
    const folder = installation()
    launch(folder, {}, [], argv)
    expect(listed(beside(folder))).toEqual([name])
  })

  it('are not kept for a word that is no command, but for a command that fails', () => {
    const folder = installation()
    const fail = 'process.exitCode = 1'
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(fail))
    launch(folder, {}, [], ['web'])
    expect(listed(beside(folder))).toEqual([])
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(`require('./commands-x.cjs'); ${fail}`))
    fs.writeFileSync(path.join(folder, 'dist/commands-x.cjs'), wrapped(''))
    launch(folder, {}, [], ['web'])
    expect(listed(beside(folder))).toEqual(['web.pack'])
  })

  it('gain what a run of the same command needs more, and keep what it does not need', () => {
    const folder = installation()
    const main = 'if (process.argv[3]) console.log(require(`./${process.argv[3]}.cjs`).word())'
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(main))
    fs.writeFileSync(path.join(folder, 'dist/more.cjs'), wrapped("exports.word = () => 'more'"))
    const file = path.join(beside(folder), 'ps.pack')
    const chunks = (): string[] =>
      [...fs.readFileSync(file, 'latin1').matchAll(/"chunk":"(\w+)/g)].map(([, name]) => name!)
    expect(launch(folder, {}, [], ['ps', 'part'])).toBe('loaded\n')
    expect(launch(folder, {}, [], ['ps', 'more'])).toBe('more\n')
    expect(new Set(chunks())).toEqual(new Set(['main', 'more', 'part']))
    const { ino } = fs.statSync(file)
    expect(launch(folder, {}, [], ['ps', 'part'])).toBe('loaded\n')
    expect(fs.statSync(file).ino, 'nothing new is nothing to write').toBe(ino)
  })

  it('are one file for each command, whatever global flags stand before it', () => {
    const folder = installation()
    const groups = catalog.filter(({ kind, path }) => kind === 'group' && !path.includes(' ')).map(({ path }) => path)
    const valued = Object.entries<AnyFlag>(globalFlags).filter(([, { noValue }]) => noValue === undefined)
    const flags = valued.flatMap(([key, flag]) => [
      `--${flagName(key, flag)}`,
      ...(flag.short === undefined ? [] : [`-${flag.short}`]),
    ])
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(''))
    for (const group of groups) launch(folder, {}, [], [group, 'ls'])
    expect(listed(beside(folder))).toEqual(groups.map((group) => `${group}%20ls.pack`).toSorted())
    fs.rmSync(beside(folder), { recursive: true })
    for (const flag of flags) launch(folder, {}, [], [flag, 'value', 'ps'])
    expect(flags).toContain('--host')
    expect(listed(beside(folder))).toEqual(['ps.pack'])
  })

  it('of a first run that failed make way for those of one that succeeds', () => {
    const folder = installation()
    const main = "require('./commands-x.cjs'); process.exitCode = Number(process.argv[3])"
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(main))
    fs.writeFileSync(path.join(folder, 'dist/commands-x.cjs'), wrapped(''))
    const inode = (status: string): number => {
      launch(folder, {}, [], ['ps', status])
      return fs.statSync(path.join(beside(folder), 'ps.pack')).ino
    }
    const failed = inode('1')
    expect(inode('1')).toBe(failed)
    const succeeded = inode('0')
    expect(succeeded).not.toBe(failed)
    expect([inode('0'), inode('1')]).toEqual([succeeded, succeeded])
  })

  it('are passed over when damaged anywhere, and replaced', () => {
    const folder = installation()
    launch(folder)
    const file = path.join(beside(folder), kept)
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

  it.skipIf(!traces)('never make a command wait for the disk', () => {
    const folder = installation()
    const trace = ['strace', '-f', '-qq', '-e', 'trace=/^(.*sync.*|rename.*)$', '--']
    const calls = launch(folder, {}, trace).match(/^.*\w+\(.*$/gm) ?? []
    expect(calls).toEqual([expect.stringMatching(/rename\(.*docket\.pack/)])
  })

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
    const left = path.join(beside(folder), `.${kept}.1`)
    fs.writeFileSync(left, '')
    fs.utimesSync(left, 1, 1)
    fs.rmSync(path.join(beside(folder), kept))
    launch(folder)
    expect(listed(beside(folder))).toEqual([kept])
  })

  it('are not kept when Node runs with flags of its own, or where something is in the way', () => {
    const folder = installation()
    expect(launch(folder, { NODE_OPTIONS: '--no-deprecation' })).toMatch(/^loaded /)
    expect(listed(beside(folder))).toEqual([])
    fs.writeFileSync(beside(folder), 'in the way')
    expect(launch(folder)).toMatch(/^loaded .*\n$/)
  })
})

describe('compiled forms after npm has installed the program', () => {
  function install(main: string, env: Record<string, string>): { folder: string; status: number | null; said: string } {
    const folder = installation()
    fs.copyFileSync('bin/compile-ahead.cjs', path.join(folder, 'bin/compile-ahead.cjs'))
    fs.writeFileSync(path.join(folder, 'dist/main.cjs'), wrapped(main))
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'bin/compile-ahead.cjs')], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TMPDIR: temporaryFolder(), ...env },
    })
    return { folder, status, said: stdout + stderr }
  }

  it.runIf(process.platform !== 'win32')('are there for the commonest commands where that was for everybody', () => {
    const { folder, status, said } = install("console.log('said')", { npm_config_global: 'true' })
    expect([status, said]).toEqual([0, ''])
    expect(listed(beside(folder))).toEqual(expect.arrayContaining([kept, 'ps.pack', 'run.pack', 'exec.pack']))
  })

  it.runIf(process.platform !== 'win32')('are made with rows in the lists, so that what shows one is compiled', () => {
    const asks = (
      what: string,
    ): string => `require('node:http').get({ socketPath: process.env.DOCKER_HOST.slice(7), path: '/${what}/json' },
      (reply) => reply.on('data', (text) => require('node:fs').writeFileSync(__dirname + '/${what}', text)))`
    const code = `({ ps: () => ${asks('containers')}, images: () => ${asks('images')} })[process.argv[2]]?.()`
    const { folder } = install(code, { npm_config_global: 'true' })
    const list = (what: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, 'dist', what), 'utf8'))
    expect(list('containers')).toMatchObject([{ Names: ['/x'], Ports: [{ PublicPort: 80 }] }])
    expect(list('images')).toMatchObject([{ RepoTags: ['x:latest'] }])
  })

  it('are not made for a library, and a program that fails does not make the installation fail', () => {
    const { folder, status } = install("console.log('said')", {})
    expect([status, ...listed(beside(folder))]).toEqual([0])
    expect(install("throw new Error('broken')", { npm_config_global: 'true' })).toMatchObject({ status: 0, said: '' })
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
    expect(listed(place)).toEqual([kept])
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
    const file = path.join(place, kept)
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
    fs.writeFileSync(path.join(elsewhere, kept), forged(folder), { mode: 0o600 })
    fs.symlinkSync(elsewhere, beside(folder))
    expect(launch(folder)).toMatch(/^loaded /)
  })

  it('of root’s installation are for everybody, and nobody else’s are taken in their place', () => {
    const folder = installation()
    const home = temporaryFolder()
    fs.chownSync(home, 65534, 65534)
    launch(folder)
    fs.writeFileSync(path.join(beside(folder), kept), forged(folder))
    expect(launch(folder, { HOME: home }, nobody)).toMatch(/^evil!! /)
    expect(listed(home), 'nothing is missing').toEqual([])
    // What root has not run yet is kept by each for himself.
    expect(launch(folder, { HOME: home }, nobody, ['ps'])).toMatch(/^loaded /)
    const own = path.join(home, '.cache/docket', `${build}-${encodeURIComponent(path.join(folder, 'dist'))}`)
    expect(listed(own)).toEqual(['ps.pack'])
    expect(listed(beside(folder))).toEqual([kept])
  })

  it('are not missed in a container whose file system cannot be written', () => {
    const folder = installation()
    const home = temporaryFolder()
    const script =
      'mount --bind -o ro "$0" "$0" && mount -o remount,bind,ro "$0" && mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"; shift; exec "$@"'
    for (const env of [{ HOME: home }, { HOME: '/nonexistent' }, { HOME: home, TMPDIR: '/nonexistent', CI: 'true' }]) {
      const said = launch(folder, env as Record<string, string>, ['unshare', '-m', 'sh', '-c', script, folder, home])
      expect(said).toMatch(/^loaded .*\n$/)
    }
    expect([...listed(beside(folder)), ...listed(home)]).toEqual([])
  })

  it('one account’s are neither read nor written by another’s program', () => {
    const folder = installation()
    fs.chmodSync(path.join(folder, 'dist'), 0o777)
    const home = temporaryFolder()
    fs.chownSync(home, 65534, 65534)
    launch(folder, { HOME: home }, nobody)
    const place = path.join(home, '.cache/docket', `${build}-${encodeURIComponent(path.join(folder, 'dist'))}`)
    expect(listed(place)).toEqual([kept])
    fs.writeFileSync(path.join(place, kept), forged(folder))
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
