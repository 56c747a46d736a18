import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bytesMessage, packet, PacketType } from '../../src/build/proto/filesync.ts'
import { type Destination, receiveResults, type ResultFile } from '../../src/build/session/file-send.ts'
import { daemonOf, type DaemonStream, sendTree } from './daemon.ts'

const METHOD = '/moby.filesync.v1.FileSend/DiffCopy'
const DIRECTORY = 2 ** 31
const LINK = 2 ** 27

function folderOf(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'send-')))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return folder
}

async function open(
  destinations: Record<number, Destination>,
  metadata: Record<string, string> = {},
): Promise<DaemonStream> {
  const entries = Object.entries(destinations).map(([id, destination]) => [Number(id), destination] as const)
  return (await daemonOf(receiveResults(new Map(entries)))).open(METHOD, metadata)
}

test('a tree is written as it is: modes, times, links, contents', async () => {
  const folder = path.join(folderOf(), 'new/out')
  const big = Buffer.alloc(3_000_000, 'big')
  const call = await open({ 0: { folder } })
  await sendTree(call, [
    { path: 'bin', mode: DIRECTORY + 0o750, modTime: 1_000_000_000_500_000_000n },
    { path: 'bin/big', mode: 0o755, modTime: 2_000_000_000_000_000_000n, content: big },
    { path: 'bin/run', mode: 2 ** 23 + 0o755, content: Buffer.from('run') },
    { path: 'bin/same', mode: 0o755, linkname: 'bin/big', modTime: 2_000_000_000_000_000_000n },
    { path: 'empty', mode: 0o600, content: Buffer.alloc(0) },
    { path: 'link', mode: LINK + 0o777, linkname: 'bin/run' },
    { path: 'n\xff', mode: 0o644, content: Buffer.from('odd') },
  ])
  expect(await call.ended()).toBeUndefined()
  const at = (name: string): string => path.join(folder, name)
  expect(fs.readFileSync(at('bin/big')).equals(big)).toBe(true)
  expect(fs.statSync(at('bin/same')).ino).toBe(fs.statSync(at('bin/big')).ino)
  expect(fs.statSync(at('bin/run')).mode & 0o7777).toBe(0o4755)
  expect(fs.statSync(at('bin')).mode & 0o7777).toBe(0o750)
  expect(fs.statSync(at('bin')).mtimeMs).toBe(1_000_000_000_500)
  expect(fs.statSync(at('bin/big')).mtimeMs).toBe(2_000_000_000_000)
  expect(fs.statSync(at('empty')).size).toBe(0)
  expect(fs.readlinkSync(at('link'))).toBe('bin/run')
  expect(fs.readFileSync(Buffer.concat([Buffer.from(`${folder}/n`), Buffer.from([0xff])]), 'utf8')).toBe('odd')
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700)
})

test('thousands of small files and some large ones come in any order', async () => {
  const folder = folderOf()
  const call = await open({ 0: { folder } })
  const files = Array.from({ length: 2000 }, (_, i) => ({
    path: `f${String(i).padStart(4, '0')}`,
    mode: 0o644,
    content: Buffer.alloc(i % 500 === 7 ? 2_500_000 : i, `${i} `),
  }))
  await sendTree(call, files)
  expect(await call.ended()).toBeUndefined()
  for (const { path: name, content } of files)
    expect(fs.readFileSync(path.join(folder, name)).equals(content)).toBe(true)
})

test('what is there stays, but for what has the same name', async () => {
  const folder = folderOf()
  fs.mkdirSync(path.join(folder, 'was-dir/deep'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'was-file'), 'old')
  fs.writeFileSync(path.join(folder, 'kept'), 'kept')
  const call = await open({ 0: { folder } })
  await sendTree(call, [
    { path: 'was-dir', mode: 0o644, content: Buffer.from('now a file') },
    { path: 'was-file', mode: DIRECTORY + 0o755 },
  ])
  expect(await call.ended()).toBeUndefined()
  expect(fs.readFileSync(path.join(folder, 'was-dir'), 'utf8')).toBe('now a file')
  expect(fs.statSync(path.join(folder, 'was-file')).isDirectory()).toBe(true)
  expect(fs.readFileSync(path.join(folder, 'kept'), 'utf8')).toBe('kept')
})

test('a mirror has nothing else in it, and does not follow links to remove it', async () => {
  const [folder, outside] = [folderOf(), folderOf()]
  fs.writeFileSync(path.join(outside, 'safe'), '')
  fs.mkdirSync(path.join(folder, 'kept/old'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'kept/old/file'), '')
  fs.writeFileSync(path.join(folder, 'gone'), '')
  fs.symlinkSync(outside, path.join(folder, 'link'))
  const tree = [
    { path: 'kept', mode: DIRECTORY + 0o755 },
    { path: 'kept/new', mode: 0o644, content: Buffer.from('new') },
  ]
  const call = await open({ 0: { folder, mirror: true } }, { 'buildkit-exporter-multi-platform': '1' })
  await sendTree(call, tree)
  expect(await call.ended()).toBeUndefined()
  expect(fs.readdirSync(folder, { recursive: true })).toEqual(['kept', 'kept/new'])
  expect(fs.readdirSync(outside)).toEqual(['safe'])
  const old = await open({ 0: { folder, mirror: true } })
  expect(await old.ended()).toMatchObject({ message: /^local exporter mode=delete requires a BuildKit daemon with/ })
})

test.each([
  [
    'a name that climbs out',
    [{ path: '../evil', mode: 0o644, content: Buffer.from('x') }],
    'invalid entry name "../evil"',
  ],
  [
    'a link that leads out, and a file through it',
    [
      { path: 'l', mode: LINK + 0o777, linkname: '../' },
      { path: 'l/evil', mode: 0o644, content: Buffer.from('x') },
    ],
    'path escapes from parent',
  ],
])('%s is refused', async (_, files, words) => {
  const folder = path.join(folderOf(), 'inside')
  fs.mkdirSync(folder)
  const call = await open({ 0: { folder } })
  await expect(sendTree(call, files)).rejects.toThrow(words)
  expect((await call.ended())?.message).toContain(words)
  expect(fs.readdirSync(path.dirname(folder))).toEqual(['inside'])
})

test('a sender that fails or goes leaves no part of a file', async () => {
  for (const end of ['fail', 'go'] as const) {
    const folder = folderOf()
    const call = await open({ 0: { folder } })
    call.send(packet, { type: PacketType.stat, stat: { path: 'a', mode: 0o644, size: 2_000_000 } })
    call.send(packet, { type: PacketType.stat })
    expect(await call.next(packet)).toMatchObject({ type: PacketType.request, id: 0 })
    call.send(packet, { type: PacketType.data, id: 0, data: Buffer.alloc(1000) })
    await expect.poll(() => fs.readdirSync(folder)).toHaveLength(1)
    if (end === 'fail') {
      call.send(packet, { type: PacketType.error, data: Buffer.from('snapshot lost') })
      expect(await call.ended()).toMatchObject({ message: 'error from sender: snapshot lost' })
    } else call.cancel()
    await expect.poll(() => fs.readdirSync(folder)).toEqual([])
  }
})

/** A file in memory. */
class MemoryFile implements ResultFile {
  readonly chunks: Uint8Array[] = []
  state: 'open' | 'committed' | 'discarded' = 'open'

  write(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk))
  }

  commit(): void {
    this.state = 'committed'
  }

  discard(): void {
    this.state = 'discarded'
  }
}

test("a file goes to its exporter's destination", async () => {
  const file = new MemoryFile()
  const call = await open(
    { 0: { folder: '/nowhere' }, 3: { open: () => file } },
    { 'buildkit-attachable-exporter-id': '3', other: 'x' },
  )
  call.send(bytesMessage, { data: Buffer.from('one ') })
  call.send(bytesMessage, { data: Buffer.from('two') })
  call.end()
  expect(await call.ended()).toBeUndefined()
  expect(Buffer.concat(file.chunks).toString()).toBe('one two')
  expect(file.state).toBe('committed')
})

test('a file that breaks off is discarded', async () => {
  for (const end of ['cancel', 'cut'] as const) {
    const file = new MemoryFile()
    const daemon = await daemonOf(receiveResults(new Map([[0, { open: () => file }]])))
    const call = daemon.open(METHOD)
    call.send(bytesMessage, { data: Buffer.from('half') })
    await expect.poll(() => file.chunks).toHaveLength(1)
    if (end === 'cancel') call.cancel()
    else daemon.socket.destroy()
    await expect.poll(() => file.state).toBe('discarded')
  }
})

test('a file that cannot be written ends the call with the reason', async () => {
  const file = new MemoryFile()
  file.write = () => {
    throw new Error('write out.tar: no space left on device')
  }
  const call = await open({ 0: { open: () => file } })
  call.send(bytesMessage, { data: Buffer.from('x') })
  expect(await call.ended()).toMatchObject({ message: 'write out.tar: no space left on device' })
  expect(file.state).toBe('discarded')
})

test('an exporter that nobody has is refused', async () => {
  const call = await open({}, { 'buildkit-attachable-exporter-id': '5' })
  expect(await call.ended()).toMatchObject({ message: 'exporter 5 not found' })
})
