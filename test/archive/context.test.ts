import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { packContext } from '../../src/archive/context.ts'
import { createIgnoreMatcher } from '../../src/parse/dockerignore.ts'
import { temporaryFolder } from '../harness.ts'
import { readTar } from '../read-tar.ts'

/** A folder with these files; a name that ends with a slash is a folder. */
function tree(names: readonly string[]): string {
  const root = temporaryFolder()
  for (const name of names) {
    fs.mkdirSync(path.join(root, name.endsWith('/') ? name : path.dirname(name)), { recursive: true })
    if (!name.endsWith('/')) fs.writeFileSync(path.join(root, name), name)
  }
  return root
}

async function pack(root: string, patterns: string[] = [], onPiece: (count: number) => void = () => undefined) {
  const skipped: string[] = []
  const chunks: Buffer[] = []
  const excludes = createIgnoreMatcher(patterns)
  for await (const piece of packContext(root, { excludes, onSkip: (message) => skipped.push(message) })) {
    chunks.push(Buffer.from(piece))
    onPiece(chunks.length)
  }
  return { entries: await readTar(Buffer.concat(chunks)), skipped, bytes: Buffer.concat(chunks) }
}

async function names(root: string, patterns: string[]): Promise<string[]> {
  return (await pack(root, patterns)).entries.map(({ name }) => name)
}

describe('packContext', () => {
  it('packs everything, in the order of names, as root', async () => {
    const root = tree(['b', 'a/x', 'a.txt', 'empty/'])
    if (process.getuid?.() === 0) fs.chownSync(path.join(root, 'b'), 65534, 65534)
    // Last, since a new owner takes the set-user-ID bit away.
    fs.chmodSync(path.join(root, 'b'), 0o4750)
    fs.symlinkSync('nowhere', path.join(root, 'link'))
    fs.linkSync(path.join(root, 'b'), path.join(root, 'twin'))
    const { entries } = await pack(root)
    expect(entries.map(({ name }) => name)).toEqual(['a/', 'a/x', 'a.txt', 'b', 'empty/', 'link', 'twin'])
    expect(entries[3]).toMatchObject({ mode: 0o4750, uid: 0, gid: 0, content: 'b' })
    expect(entries[5]).toMatchObject({ type: 'symlink', linkname: 'nowhere' })
    expect(entries[6]).toMatchObject({ type: 'link', linkname: 'b' })
  })

  it.each<[string[], string[]]>([
    [['a'], ['b/', 'b/c', 'd']],
    [
      ['a', '!a/y'],
      ['a/y', 'b/', 'b/c', 'd'],
    ],
    [
      ['a', '!a/z'],
      ['a/z/', 'a/z/q', 'b/', 'b/c', 'd'],
    ],
    [
      ['*', '!b'],
      ['b/', 'b/c'],
    ],
    [['*', '!a/z/q'], ['a/z/q']],
    [
      ['**/q', 'd'],
      ['a/', 'a/x', 'a/y', 'a/z/', 'b/', 'b/c'],
    ],
    [['*', '!**/q'], []],
  ])('leaves out %j', async (patterns, left) => {
    expect(await names(tree(['a/x', 'a/y', 'a/z/q', 'b/c', 'd']), patterns)).toEqual(left)
  })

  it('goes on without a socket, and tells of it', async () => {
    const root = tree(['a'])
    const server = net.createServer().listen(path.join(root, 's'))
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const { entries, skipped } = await pack(root)
    expect(entries.map(({ name }) => name)).toEqual(['a'])
    expect(skipped).toEqual([`Can't add file ${root}/s to tar: archive/tar: sockets not supported`])
  })

  it('takes what a file had when it began, and tells where it grew', async () => {
    const root = tree([])
    const log = path.join(root, 'a.log')
    fs.writeFileSync(log, Buffer.alloc(600_000, 'x'))
    const { entries, skipped } = await pack(root, [], () => fs.appendFileSync(log, 'more'))
    expect(entries.map(({ size }) => size)).toEqual([600_000])
    expect(skipped).toEqual([`Can't add file ${log} to tar: archive/tar: write too long`])
  })

  it('goes on without a file that vanishes, and fails where one shrinks', async () => {
    const root = tree(['b', 'c'])
    fs.writeFileSync(path.join(root, 'a'), Buffer.alloc(600_000, 'x'))
    const vanished = await pack(root, [], () => fs.rmSync(path.join(root, 'b'), { force: true }))
    expect(vanished.entries.map(({ name }) => name)).toEqual(['a', 'c'])
    const shrunk = pack(root, [], () => fs.truncateSync(path.join(root, 'a'), 10))
    await expect(shrunk).rejects.toThrow(/^Can't add file .*\/a to tar: archive\/tar: missed writing \d+ bytes$/)
  })

  it('is as long as a tar archive has to be, and no longer', async () => {
    expect((await pack(tree(['a']))).bytes).toHaveLength(512 * 4)
    expect((await pack(tree([]))).bytes).toHaveLength(512 * 2)
  })
})
