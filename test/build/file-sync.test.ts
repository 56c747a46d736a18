import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sendFolders } from '../../src/build/session/file-sync.ts'
import { packet, PacketType } from '../../src/build/proto/filesync.ts'
import { daemonOf, receiveTree, type DaemonStream } from './daemon.ts'

const METHOD = '/moby.filesync.v1.FileSync/DiffCopy'

/** A folder of files: text by path, a folder for a path that ends in a slash. */
function folderOf(files: Record<string, string>): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'sync-')))
  onTestFinished(() => fs.rmSync(root, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    const place = path.join(root, name)
    fs.mkdirSync(name.endsWith('/') ? place : path.dirname(place), { recursive: true })
    if (!name.endsWith('/')) fs.writeFileSync(place, text)
  }
  return root
}

async function sync(root: string, metadata: Record<string, string | string[]> = {}): Promise<DaemonStream> {
  const daemon = await daemonOf(sendFolders({ context: root }))
  return daemon.open(METHOD, { 'dir-name': 'context', ...metadata })
}

async function paths(root: string, metadata: Record<string, string | string[]> = {}): Promise<string[]> {
  const call = await sync(root, metadata)
  const { stats } = await receiveTree(call, () => false)
  expect(await call.ended()).toBeUndefined()
  return stats.map((stat) => stat.path)
}

test('a tree is described in the order of its bytes, and its files sent when asked for', async () => {
  const root = folderOf({ 'b/two': '2', 'b.txt': 'dot', a: '1', empty: '', 'void/': '' })
  const call = await sync(root)
  const { stats, contents } = await receiveTree(call)
  expect(stats.map((stat) => stat.path)).toEqual(['a', 'b', 'b/two', 'b.txt', 'empty', 'void'])
  expect(Object.fromEntries([...contents].map(([name, bytes]) => [name, bytes.toString()]))).toEqual({
    a: '1',
    'b/two': '2',
    'b.txt': 'dot',
    empty: '',
  })
  expect(await call.ended()).toBeUndefined()
})

test('what is not asked for is not sent', async () => {
  const root = folderOf({ a: '1', b: '2' })
  const { contents } = await receiveTree(await sync(root), (stat) => stat.path === 'b')
  expect([...contents.keys()]).toEqual(['b'])
})

test('a file of several pieces arrives whole', async () => {
  const root = folderOf({ big: '' })
  const bytes = Buffer.alloc(3_000_001, 'abc')
  fs.writeFileSync(path.join(root, 'big'), bytes)
  const { contents } = await receiveTree(await sync(root))
  expect(contents.get('big')?.equals(bytes)).toBe(true)
})

test("modes, times to the nanosecond, links and kinds are told, and all is root's", async () => {
  const root = folderOf({ file: 'x', 'dir/inside': 'y' })
  const at = (name: string): string => path.join(root, name)
  fs.chmodSync(at('file'), 0o4755)
  execFileSync('touch', ['-d', '2001-02-03T04:05:06.123456789Z', at('file')])
  fs.chmodSync(at('dir'), 0o1777)
  fs.symlinkSync('../anywhere', at('link'))
  fs.linkSync(at('file'), at('same'))
  execFileSync('mkfifo', ['-m', '600', at('pipe')])
  const { stats } = await receiveTree(await sync(root), () => false)
  const byPath = Object.fromEntries(stats.map((stat) => [stat.path, stat]))
  expect(byPath['file']).toMatchObject({
    mode: ((1 << 23) | 0o755) >>> 0,
    size: 1,
    modTime: 981_173_106_123_456_789n,
    linkname: '',
    uid: 0,
    gid: 0,
  })
  expect(byPath['same']).toMatchObject({ linkname: 'file', size: 1 })
  expect(byPath['dir']).toMatchObject({ mode: ((1 << 31) | (1 << 20) | 0o777) >>> 0, size: 0 })
  expect(byPath['link']).toMatchObject({ mode: ((1 << 27) | 0o777) >>> 0, linkname: '../anywhere' })
  expect(byPath['pipe']).toMatchObject({ mode: ((1 << 25) | 0o600) >>> 0 })
})

test('a socket goes as an empty file', async () => {
  const root = folderOf({})
  const server = createServer().listen(path.join(root, 's'))
  onTestFinished(() => void server.close())
  await expect.poll(() => fs.existsSync(path.join(root, 's'))).toBe(true)
  const { stats, contents } = await receiveTree(await sync(root))
  expect((stats[0]?.mode ?? 0) & 0x8f280000).toBe(0)
  expect(contents.get('s')).toHaveLength(0)
})

test('names are bytes', async () => {
  const root = folderOf({})
  const odd = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x61])])
  fs.writeFileSync(odd, 'odd')
  const { contents } = await receiveTree(await sync(root))
  expect(contents.get('\xffa')?.toString()).toBe('odd')
})

test.each([
  [
    'leaves out what is excluded',
    { 'exclude-patterns': ['**/*.o', 'out'] },
    ['a', 'lib', 'lib/b', 'lib/deep', 'lib/deep/c.c'],
  ],
  [
    'takes back what an exception names, with the folders above it',
    { 'exclude-patterns': ['lib', '!lib/deep/c.c'] },
    ['a', 'lib', 'lib/deep', 'lib/deep/c.c', 'out', 'out/x'],
  ],
  ['takes back by wildcards, too', { 'exclude-patterns': ['*', '!**/*.c'] }, ['lib', 'lib/deep', 'lib/deep/c.c']],
  [
    'sends only what is included, and what is in it',
    { 'include-patterns': ['lib/deep'] },
    ['lib', 'lib/deep', 'lib/deep/c.c', 'lib/deep/c.o'],
  ],
  ['includes nothing by the name of the top', { 'include-patterns': ['.'] }, []],
  ['includes by wildcards', { 'include-patterns': ['**/*.o'] }, ['lib', 'lib/deep', 'lib/deep/c.o']],
  [
    'excludes from what is included',
    { 'include-patterns': ['lib'], 'exclude-patterns': ['**/c.*'] },
    ['lib', 'lib/b', 'lib/deep'],
  ],
  ['follows no path that is not there', { followpaths: ['nowhere', 'a'] }, ['a']],
  [
    'takes the whole tree for its top',
    { followpaths: ['.', 'a'] },
    ['a', 'lib', 'lib/b', 'lib/deep', 'lib/deep/c.c', 'lib/deep/c.o', 'out', 'out/x'],
  ],
  ['reads patterns that were escaped', { 'include-patterns': ['%61'], 'include-patterns-encoded': '1' }, ['a']],
])('%s', async (_, metadata, expected) => {
  const root = folderOf({ a: '', 'lib/b': '', 'lib/deep/c.c': '', 'lib/deep/c.o': '', 'out/x': '' })
  expect(await paths(root, metadata)).toEqual(expected)
})

test('links on the way to what is followed are sent with what they lead to', async () => {
  const root = folderOf({ 'real/file': 'x', 'real/other': 'y', 'top/t': '' })
  fs.symlinkSync('real', path.join(root, 'alias'))
  fs.symlinkSync('/alias/file', path.join(root, 'abs'))
  fs.symlinkSync('../../../real/other', path.join(root, 'top/up'))
  fs.symlinkSync('loop', path.join(root, 'loop'))
  expect(await paths(root, { followpaths: ['abs'] })).toEqual(['abs', 'alias', 'real', 'real/file'])
  expect(await paths(root, { followpaths: ['top/u*'] })).toEqual(['real', 'real/other', 'top', 'top/up'])
  expect(await paths(root, { followpaths: ['loop'] })).toEqual(['loop'])
})

test('a hard link whose first name is left out is a file of its own', async () => {
  const root = folderOf({ a: 'same' })
  fs.linkSync(path.join(root, 'a'), path.join(root, 'b'))
  fs.linkSync(path.join(root, 'a'), path.join(root, 'c'))
  const { stats } = await receiveTree(await sync(root, { 'exclude-patterns': ['a'] }), () => false)
  expect(stats.map(({ path: name, linkname }) => [name, linkname])).toEqual([
    ['b', ''],
    ['c', 'b'],
  ])
})

test('a file that is gone by the time it is asked for is named', async () => {
  const root = folderOf({ a: 'x' })
  const call = await sync(root)
  const received = receiveTree(call, () => {
    fs.rmSync(path.join(root, 'a'))
    return true
  })
  await expect(received).rejects.toThrow(`open ${root}/a: no such file or directory`)
  expect(await call.ended()).toMatchObject({ message: `open ${root}/a: no such file or directory` })
})

test('a receiver that fails, or asks for what there is not, ends the transfer', async () => {
  const root = folderOf({ a: 'x', 'd/': '' })
  const failing = await sync(root)
  failing.send(packet, { type: PacketType.error, data: Buffer.from('disk full') })
  expect(await failing.ended()).toMatchObject({ message: 'error from receiver: disk full' })
  const greedy = await sync(root)
  greedy.send(packet, { type: PacketType.request, id: 1 })
  expect(await greedy.ended()).toMatchObject({ message: 'invalid file id 1' })
})

test('a folder that was not offered is refused', async () => {
  const call = await sync(folderOf({}), { 'dir-name': 'other' })
  expect(await call.ended()).toMatchObject({ code: 'NotFound', message: 'no access allowed to dir "other"' })
})

test('a folder that is not there is an error at once', () => {
  expect(() => sendFolders({ context: '/nowhere/at/all' })).toThrow('open /nowhere/at/all: no such file or directory')
})

test('a pattern that cannot be is an error in words', async () => {
  const call = await sync(folderOf({}), { 'exclude-patterns': ['[a'] })
  expect(await call.ended()).toMatchObject({ message: 'invalid excludepatterns: [[a]: syntax error in pattern' })
})

test('a transfer that is given up stops reading', async () => {
  const root = folderOf({ big: '' })
  fs.truncateSync(path.join(root, 'big'), 1 << 30)
  const call = await sync(root)
  await call.next(packet)
  await call.next(packet)
  call.send(packet, { type: PacketType.request, id: 0 })
  await call.next(packet)
  call.cancel()
  expect(await call.ended()).toMatchObject({ message: 'closed without an end' })
  const open = (): string[] => fs.readdirSync('/proc/self/fd').map((fd) => linkOf(`/proc/self/fd/${fd}`))
  await expect.poll(open).not.toContain(path.join(root, 'big'))
})

function linkOf(name: string): string {
  try {
    return fs.readlinkSync(name)
  } catch {
    return ''
  }
}
