import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { unpack } from '../../src/archive/unpack.ts'
import { encodeHeader, END, type NewEntry, padding } from '../../src/archive/tar-writer.ts'
import { temporaryFolder } from '../harness.ts'

type Entry = Partial<NewEntry> & { name: string; content?: string }

function archive(entries: Entry[]): Buffer {
  const parts = entries.map(({ content = '', ...entry }) => {
    const defaults = { type: '0', mode: 0o644, uid: 0, gid: 0, modified: 1_500_000_000, size: content.length }
    return Buffer.concat([
      encodeHeader({ ...defaults, ...entry }),
      Buffer.from(content),
      Buffer.alloc(padding(content.length)),
    ])
  })
  return Buffer.concat([...parts, END])
}

const link = (name: string, linkName: string): Entry => ({ name, type: '2', linkName })
const hard = (name: string, linkName: string): Entry => ({ name, type: '1', linkName })
const directory = (name: string): Entry => ({ name, type: '5', mode: 0o755 })

let outside = ''
let target = ''

beforeEach(() => {
  outside = temporaryFolder()
  target = path.join(outside, 'target')
  fs.mkdirSync(target)
  fs.writeFileSync(path.join(outside, 'secret'), 'secret')
  fs.mkdirSync(path.join(outside, 'other'))
})

const open = (...entries: Entry[]): Promise<void> => unpack(async (sink) => sink(archive(entries)), target)
const openUnheld = (...entries: Entry[]): Promise<void> =>
  unpack(async (sink) => sink(archive(entries)), target, { held: false })

/** Everything outside the target, which no archive may change; links are not followed. */
function around(folder = outside): unknown[] {
  return fs.readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name)
    if (file === target) return []
    const stat = fs.lstatSync(file)
    const { mode, nlink, mtimeMs } = stat
    const content = stat.isFile() ? fs.readFileSync(file, 'utf8') : ''
    return [[file, mode, nlink, mtimeMs, content], ...(stat.isDirectory() ? around(file) : [])]
  })
}

describe('an archive that means harm', () => {
  it.each<[string, Entry[], RegExp | undefined]>([
    ['climbs by name', [{ name: '../evil', content: 'x' }], /invalid entry name "\.\.\/evil"/],
    ['climbs in the middle', [{ name: 'a/../../evil', content: 'x' }], /invalid entry name/],
    ['is absolute', [{ name: '/evil', content: 'x' }], undefined],
    ['climbs as absolute', [{ name: '/../evil', content: 'x' }], /invalid entry name/],
    ['goes through a relative link', [link('l', '..'), { name: 'l/evil', content: 'x' }], /path escapes from parent/],
    ['goes through a deeper link', [directory('d'), link('d/l', '../..'), { name: 'd/l/evil' }], /path escapes/],
    ['goes through two links', [link('a', 'b/..'), link('b', '..'), { name: 'a/evil' }], /path escapes/],
    ['goes through an absolute link', [link('l', '/OUTSIDE'), { name: 'l/evil', content: 'x' }], undefined],
    ['goes through a link to a link', [link('l', '/OUTSIDE'), link('m', 'l'), { name: 'm/evil' }], undefined],
    ['replaces a link to a file', [link('l', '../secret'), { name: 'l', content: 'x' }], undefined],
    ['makes a directory of a link', [link('l', '../other'), directory('l')], /cannot overwrite non-directory "l"/],
    ['makes directories through a link', [link('l', '..'), directory('l/new/deep')], /path escapes/],
    ['links hard to a file outside', [hard('h', '../secret'), { name: 'h', content: 'x' }], /invalid hardlink target/],
    ['links hard to an absolute name', [hard('h', '/OUTSIDE/secret')], /no such file/],
    ['links hard through a link', [link('l', '..'), hard('h', 'l/secret')], /path escapes/],
    [
      'writes through a hard link to a link',
      [link('l', '../secret'), hard('h', 'l'), { name: 'h', content: 'x' }],
      undefined,
    ],
    ['changes a mode through a hard link', [link('l', '../secret'), { ...hard('h', 'l'), mode: 0o777 }], undefined],
    [
      'turns a directory into a link',
      [directory('d'), link('d', '..'), { name: 'd/evil' }],
      /cannot overwrite directory/,
    ],
    ['runs in circles', [link('a', 'b'), link('b', 'a'), { name: 'a/x' }], /too many levels of symbolic links/],
    ['puts a pipe in a link outside', [link('l', '..'), { name: 'l/p', type: '6' }], /path escapes/],
  ])('%s, and changes nothing outside', async (_, entries, error) => {
    const before = around()
    const named = entries.map((entry) => ({
      ...entry,
      ...(entry.linkName === undefined ? {} : { linkName: entry.linkName.replace('OUTSIDE', outside.slice(1)) }),
    }))
    for (const openIt of [open, openUnheld]) {
      if (error === undefined) await openIt(...named)
      else await expect(openIt(...named)).rejects.toThrow(error)
      expect(around()).toEqual(before)
      fs.rmSync(target, { recursive: true })
      fs.mkdirSync(target)
    }
  })

  it('does not follow links that were in the target before', async () => {
    fs.symlinkSync('..', path.join(target, 'up'))
    fs.symlinkSync('../secret', path.join(target, 'file'))
    const before = around()
    await expect(open({ name: 'up/evil' })).rejects.toThrow(/path escapes/)
    await open({ name: 'file', content: 'mine' })
    expect(around()).toEqual(before)
    expect(fs.readFileSync(path.join(target, 'file'), 'utf8')).toBe('mine')
  })
})

describe('a directory that is swapped while an archive is unpacked', () => {
  const parts = (): [Buffer, Buffer] => [
    archive([directory('d'), { name: 'd/before', content: 'x' }]).subarray(0, -END.length),
    archive([{ name: 'd/after', content: 'x' }, { name: 'd/sub/deep' }, { ...directory('d/dir'), mode: 0o777 }]),
  ]
  const swapped = (swap: () => void, held?: boolean): Promise<void> =>
    unpack(
      async (sink) => {
        const [first, second] = parts()
        sink(first)
        swap()
        sink(second)
      },
      target,
      held === undefined ? {} : { held },
    )
  const inside = (name: string): string => path.join(target, name)

  it.each([undefined, false])('is not left through a link that climbs (held: %s)', async (held) => {
    const before = around()
    const swap = (): void => {
      fs.renameSync(inside('d'), inside('moved'))
      fs.symlinkSync('../other', inside('d'))
    }
    await expect(swapped(swap, held)).rejects.toThrow('statat d: path escapes from parent')
    expect(around()).toEqual(before)
    expect(fs.readdirSync(inside('moved'))).toEqual(['before'])
  })

  it.each([undefined, false])('leads from its root through an absolute link (held: %s)', async (held) => {
    const before = around()
    await swapped(() => {
      fs.renameSync(inside('d'), inside('moved'))
      fs.symlinkSync(path.join(outside, 'other'), inside('d'))
    }, held)
    expect(around()).toEqual(before)
    expect(fs.readdirSync(path.join(target, outside, 'other')).toSorted()).toEqual(['after', 'dir', 'sub'])
  })

  it('gets no times and modes outside at the end', async () => {
    const before = around()
    const unpacking = unpack(async (sink) => {
      sink(archive([directory('d'), { ...directory('d/e'), mode: 0o700 }]))
      fs.renameSync(inside('d'), inside('moved'))
      fs.symlinkSync('../other', inside('d'))
    }, target)
    await expect(unpacking).rejects.toThrow()
    expect(around()).toEqual(before)
  })

  it('is not left in a race either', async () => {
    const other = path.join(outside, 'other')
    const swap = `
      const fs = require('node:fs')
      const attempt = (name, ...args) => { try { fs[name](...args) } catch {} }
      console.log('ready')
      for (;;) {
        attempt('rmSync', 'd', { recursive: true, force: true })
        attempt('symlinkSync', '../other', 'd')
        attempt('unlinkSync', 'd')
        attempt('mkdirSync', 'd')
      }`
    const swapper = spawn(process.execPath, ['-e', swap, '../other'], {
      cwd: target,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let refused = 0
    try {
      await once(swapper.stdout, 'data')
      const bytes = archive(Array.from({ length: 50 }, (_, i) => ({ name: `d/f${i}`, content: 'x' })))
      const end = Date.now() + 20_000
      for (let round = 0; Date.now() < end && (round < 40 || refused < 5); round++) {
        // In small pieces, so that there is much to look at again.
        const unpacking = unpack(async (sink) => {
          for (let at = 0; at < bytes.length; at += 1024) sink(bytes.subarray(at, at + 1024))
        }, target)
        await unpacking.catch((error: Error) => (refused += error.message.endsWith('path escapes from parent') ? 1 : 0))
        expect(fs.readdirSync(other)).toEqual([])
        await setImmediate()
      }
    } finally {
      swapper.kill('SIGKILL')
      await once(swapper, 'close')
    }
    expect(refused).toBeGreaterThanOrEqual(5)
  }, 60_000)
})

describe('a file', () => {
  const read = (name: string): string => fs.readFileSync(path.join(target, name), 'utf8')
  const big = 'x'.repeat(5000)

  it('appears when it is whole, and what was there stays until then', async () => {
    fs.writeFileSync(path.join(target, 'old'), 'old')
    for (const name of ['old', 'new', 'd/new']) {
      const bytes = archive([{ name, content: big }])
      const cut = unpack(async (sink) => {
        sink(bytes.subarray(0, 600))
        const names = fs.readdirSync(path.join(target, path.dirname(name)))
        expect(names.filter((other) => other.startsWith('.tmp-'))).toHaveLength(1)
        expect(names).not.toContain('new')
        sink(bytes.subarray(600, 3000))
      }, target)
      await expect(cut).rejects.toThrow('unexpected EOF')
    }
    expect(fs.readdirSync(target).toSorted()).toEqual(['d', 'old'])
    expect(fs.readdirSync(path.join(target, 'd'))).toEqual([])
    expect(read('old')).toBe('old')
  })

  it.skipIf(process.getuid?.() !== 0)('is not left empty where its content cannot be written', async () => {
    const full = path.join(outside, 'full')
    fs.mkdirSync(full)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'none', full])
    try {
      for (const size of [20_000, 200_000]) {
        const bytes = archive([{ name: 'f', content: 'x'.repeat(size) }])
        const unpacking = unpack(async (sink) => {
          for (let at = 0; at < bytes.length; at += 65_536) sink(bytes.subarray(at, at + 65_536))
        }, full)
        await expect(unpacking).rejects.toThrow(`write ${full}/f: no space left on device`)
        expect(fs.readdirSync(full)).toEqual([])
      }
    } finally {
      execFileSync('umount', [full])
    }
  })

  it.each([1e6, 512])(
    'replaces the name only: not what other links or a symbolic one lead to (in pieces of %i)',
    async (size) => {
      fs.writeFileSync(path.join(target, 'first'), 'shared', { mode: 0o640 })
      fs.linkSync(path.join(target, 'first'), path.join(target, 'second'))
      fs.symlinkSync('first', path.join(target, 'link'))
      const bytes = archive([
        { name: 'second', content: big, mode: 0o604 },
        { name: 'link', content: big },
        { name: 'n'.repeat(255), content: big },
      ])
      await unpack(async (sink) => {
        for (let at = 0; at < bytes.length; at += size) sink(bytes.subarray(at, at + size))
      }, target)
      expect([read('first'), read('second'), read('link')]).toEqual(['shared', big, big])
      expect(fs.statSync(path.join(target, 'second')).mode & 0o777).toBe(0o604)
      expect(fs.statSync(path.join(target, 'first')).mode & 0o777).toBe(0o640)
      expect(fs.readdirSync(target).toSorted()).toEqual(['first', 'link', 'n'.repeat(255), 'second'])
    },
  )
})

describe('unpack', () => {
  it('makes what the archive says', async () => {
    await open(
      { ...directory('d'), mode: 0o2750, modified: 1_000_000_000 },
      { name: 'd/f', content: 'text', mode: 0o4751, modified: 1_100_000_000 },
      hard('d/h', 'd/f'),
      { ...link('d/l', 'any/where'), modified: 1_200_000_000 },
      { name: 'p/implied/none', mode: 0 },
      { name: 'd/pipe', type: '6', mode: 0o600 },
    )
    const stat = (name: string) => fs.lstatSync(path.join(target, name))
    expect(stat('d').mode & 0o7777).toBe(0o2750)
    expect(stat('d').mtimeMs).toBe(1e12)
    expect(stat('d/h').ino).toBe(stat('d/f').ino)
    expect(stat('d/l').mtimeMs).toBe(1.2e12)
    expect(fs.readlinkSync(path.join(target, 'd/l'))).toBe('any/where')
    expect(stat('p/implied').isDirectory()).toBe(true)
    expect(stat('p/implied/none').mode & 0o7777).toBe(0)
    expect(stat('d/pipe').isFIFO()).toBe(true)
  })

  it('follows links within the target, absolute ones from its root', async () => {
    await open(directory('real'), link('abs', '/real'), link('rel', 'abs'), { name: 'rel/f', content: 'x' })
    expect(fs.readdirSync(path.join(target, 'real'))).toEqual(['f'])
    fs.symlinkSync('/missing/deep', path.join(target, 'dangling'))
    await open({ name: 'dangling/g' })
    expect(fs.readdirSync(path.join(target, 'missing/deep'))).toEqual(['g'])
  })

  it('replaces files, merges directories, and never one by the other', async () => {
    await open(directory('d'), { name: 'd/old', content: 'old' }, { name: 'f', content: 'first, and longer' })
    await open(directory('d'), { name: 'd/new' }, { name: 'f', content: 'second' })
    expect(fs.readdirSync(path.join(target, 'd'))).toEqual(['new', 'old'])
    expect(fs.readFileSync(path.join(target, 'f'), 'utf8')).toBe('second')
    await expect(open({ name: 'd' })).rejects.toThrow(`cannot overwrite directory "d" with non-directory "${target}"`)
    await expect(open(directory('f'))).rejects.toThrow(`cannot overwrite non-directory "f" with directory "${target}"`)
  })

  it('renames as it goes, hard links too, and keeps names as bytes', async () => {
    const rename = (name: string): string => name.replace('from', 'to')
    const bytes = archive([{ name: 'from/\xfe\xff', content: 'odd' }, hard('from/twin', 'from/\xfe\xff')])
    await unpack(async (sink) => sink(bytes), target, { rename })
    const names = fs.readdirSync(path.join(target, 'to'), { encoding: 'buffer' })
    expect(names.map((name) => name.toString('latin1'))).toEqual(['twin', '\xfe\xff'])
    expect(fs.readFileSync(path.join(target, 'to/twin'), 'utf8')).toBe('odd')
  })

  it('tells where it cannot', async () => {
    await expect(unpack(async () => undefined, path.join(outside, 'none'))).rejects.toThrow(
      `open ${outside}/none: no such file or directory`,
    )
    await expect(open({ name: 'f' }, { name: 'f/g' })).rejects.toThrow('openat f/g: not a directory')
    await expect(open({ name: 'odd', type: 'Z' })).rejects.toThrow('unhandled tar header type 90')
  })

  it('throws where the archive is cut short, and leaves no file open', async () => {
    const bytes = archive([{ name: 'f', content: 'x'.repeat(5000) }])
    const fds = (): number => fs.readdirSync('/proc/self/fd').length
    const before = fds()
    for (const cut of [100, 600, 3000]) {
      await expect(unpack(async (sink) => sink(bytes.subarray(0, cut)), target)).rejects.toThrow('unexpected EOF')
    }
    expect(fds()).toBe(before)
  })

  it('makes pipes whose names are no text, and no device with numbers that there are not', async () => {
    await open({ name: 'p\xff\n', type: '6', mode: 0o640, modified: 1_000_000_000 })
    expect(fs.readdirSync(target, { encoding: 'buffer' })).toEqual([Buffer.from('p\xff\n', 'latin1')])
    expect(fs.statSync(Buffer.from(`${target}/p\xff\n`, 'latin1'))).toMatchObject({ mtimeMs: 1e12 })
    const device = archive([{ name: 'c', type: '3' }])
    device.set([0x80, 0, 0, 1, 0, 0, 0, 0], 329)
    device.write('        ', 148)
    const sum = device.subarray(0, 512).reduce((total, byte) => total + byte, 0)
    device.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    await expect(unpack(async (sink) => sink(device), target)).rejects.toThrow(
      'device number 4294967296:0 for "c" out of range: invalid archive',
    )
  })

  it('takes times that the system may not know for its first', async () => {
    await open({ name: 'far', modified: 2 ** 40 }, { name: 'early', modified: -1 }, { name: 'late', modified: 2 ** 33 })
    const times = ['far', 'early', 'late'].map((name) => fs.statSync(path.join(target, name)).mtimeMs)
    expect(times).toEqual([0, 0, 2 ** 33 * 1000])
  })

  it('looks up names that send it back and forth only so long', async () => {
    const back = 'a/../'.repeat(800)
    const links = Array.from({ length: 30 }, (_, i) => link(`l${i}`, `${back}l${i + 1}`))
    await expect(open(directory('a'), ...links, { name: 'l0/f' })).rejects.toThrow('file name too long')
    await expect(open({ name: `${'d/'.repeat(3000)}f` })).rejects.toThrow('file name too long')
  })
})

describe('a second copy over the first', () => {
  it('tries no name that is taken, and looks at the folder no more often than at first', async () => {
    const files = Array.from({ length: 50 }, (_, i) => ({ name: `d/f${i}`, content: `${i}` }))
    const opened = vi.spyOn(fs, 'openSync')
    const looked = vi.spyOn(fs, 'statSync')
    try {
      await open(directory('d'), ...files)
      const looks = looked.mock.calls.length
      opened.mockClear()
      looked.mockClear()
      await open(directory('d'), ...files)
      expect(opened.mock.results.filter(({ type }) => type === 'throw')).toHaveLength(1)
      expect(looked.mock.calls.length).toBe(looks)
    } finally {
      vi.restoreAllMocks()
    }
    expect(fs.readFileSync(path.join(target, 'd/f49'), 'utf8')).toBe('49')
    expect(fs.readdirSync(path.join(target, 'd'))).toHaveLength(50)
  })
})
