import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
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
    if (error === undefined) await open(...named)
    else await expect(open(...named)).rejects.toThrow(error)
    expect(around()).toEqual(before)
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
    await unpack(async (sink) => sink(bytes), target, rename)
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
})
