// tar-fs, an implementation of others, reads what docket packs and packs what docket reads.
import { hash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buffer } from 'node:stream/consumers'
import tarFs from 'tar-fs'
import { expect, it } from 'vitest'
import { packResource } from '../../src/archive/pack.ts'
import { type TarEntry, TarReader } from '../../src/archive/tar-reader.ts'
import { unpack } from '../../src/archive/unpack.ts'
import { temporaryFolder } from '../harness.ts'
import { describeTree, growTree } from '../random-tree.ts'

const seeds = Array.from({ length: 12 }, (_, seed) => seed)
// The types of tar-fs lack these options.
const asStored: object = { umask: 0, validateSymlinks: false }
const isRoot = process.getuid?.() === 0

it.each(seeds)('tar-fs extracts what docket packs: tree %i', async (seed) => {
  const tree = randomTree(seed)
  const target = folderFor('extracted')
  const read: string[] = []
  const extract = tarFs.extract(target, {
    ...asStored,
    map: (header) => {
      const { mode, mtime, uid, gid } = header
      read.push(line(header.name, mode, uid, gid, (mtime?.getTime() ?? 0) / 1000))
      return header
    },
  })
  // The packer fills its memory anew for each piece.
  const pieces = Readable.from(copies(packResource(tree, { contentsOnly: true, onSkip: (what) => expect.fail(what) })))
  await pipeline(pieces, extract)
  expect(read.toSorted()).toEqual(statLines(tree))
  expect(contents(target)).toEqual(contents(tree))
})

it.each(seeds)('docket unpacks what tar-fs packs: tree %i', async (seed) => {
  const tree = randomTree(seed)
  const archive = await buffer(tarFs.pack(tree, asStored))
  const entries: TarEntry[] = []
  const reader = new TarReader({ entry: (entry) => entries.push(entry), data: () => undefined, close: () => undefined })
  reader.write(Buffer.from(archive))
  reader.finish()
  const read = entries
    .filter(({ name }) => name !== '.')
    .map(({ name, mode, uid, gid, modified }) => line(Buffer.from(name, 'latin1').toString(), mode, uid, gid, modified))
  expect(read.toSorted()).toEqual(statLines(tree))

  const target = folderFor('unpacked')
  await unpack(async (sink) => sink(archive), target)
  expect(unlinked(target)).toEqual(unlinked(tree))
})

/** A tree that tar-fs can represent; its owners are other accounts where the test may give files away. */
function randomTree(seed: number): string {
  const tree = path.join(temporaryFolder(), 'tree')
  growTree(tree, seed + 1000, { portable: true })
  if (isRoot) {
    walk(tree, (file, index) => {
      const { mode, mtime } = fs.lstatSync(file)
      fs.lchownSync(file, (index * 7919) % 2 ** 18, (index * 104_729) % 2 ** 18)
      // A new owner takes the set-user-ID bit away.
      if ((mode & 0o170000) !== 0o120000) fs.chmodSync(file, mode & 0o7777)
      fs.lutimesSync(file, mtime, mtime)
    })
  }
  return tree
}

function folderFor(name: string): string {
  const folder = path.join(temporaryFolder(), name)
  fs.mkdirSync(folder)
  return folder
}

async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}

function line(name: string, mode: number, uid = 0, gid = 0, seconds = 0): string {
  return [name.replace(/\/$/, ''), (mode & 0o7777).toString(8), uid, gid, Math.floor(seconds)].join(' ')
}

/** What the headers are to say of everything in a tree but its root. */
function statLines(tree: string): string[] {
  const lines: string[] = []
  walk(tree, (file) => {
    const { mode, uid, gid, mtimeMs } = fs.lstatSync(file)
    lines.push(line(path.relative(tree, file), mode, uid, gid, mtimeMs / 1000))
  })
  return lines.toSorted()
}

/** What tar-fs restores: not the special bits, nor owners and times of links, nor the times of directories. */
function contents(tree: string): unknown[] {
  const first = new Map<number, string>()
  const lines: unknown[] = []
  walk(tree, (file) => {
    const stat = fs.lstatSync(file)
    const name = path.relative(tree, file)
    if (!first.has(stat.ino)) first.set(stat.ino, name)
    const is = stat.isFile() ? [stat.mtimeMs, hash('sha1', fs.readFileSync(file))] : []
    const what = stat.isSymbolicLink() ? [fs.readlinkSync(file)] : [stat.uid, stat.gid]
    lines.push([name, (stat.mode & 0o170777).toString(8), first.get(stat.ino), ...what, ...is])
  })
  return lines
}

/** A tree's description without which files are one: tar-fs packs each of them; the root is not part of either archive. */
function unlinked(tree: string): string[] {
  return describeTree(tree)
    .slice(1)
    .map((each) => each.replace(/ (?:own|\d+) ([0-9a-f]{40}|) /, ' $1 '))
}

function walk(folder: string, visit: (file: string, index: number) => void): void {
  let index = 0
  const into = (directory: string): void => {
    for (const name of fs.readdirSync(directory).toSorted()) {
      const file = path.join(directory, name)
      visit(file, index++)
      if (fs.lstatSync(file).isDirectory()) into(file)
    }
  }
  into(folder)
}
