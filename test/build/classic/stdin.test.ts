import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addDockerfile } from '../../../src/build/classic/add-dockerfile.ts'
import { archiveFrom } from '../../../src/build/classic/stdin.ts'
import { temporaryFolder } from '../../harness.ts'
import { readTar } from '../../read-tar.ts'

const now = new Date('2024-05-06T07:08:09Z')

/** Bytes in chunks of a size, in memory that is used again. */
async function* chunked(bytes: Buffer, size = 100): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const count = bytes.copy(memory, 0, at, at + size)
    yield memory.subarray(0, count)
    memory.fill('#')
  }
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(Buffer.from(chunk))
  return Buffer.concat(all)
}

/** An archive as GNU tar writes it. */
function gnuTar(files: Record<string, string>, ...options: string[]): Buffer {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content)
  return execFileSync('tar', ['-C', folder, ...options, '-cf', '-', ...Object.keys(files)])
}

describe('archiveFrom', () => {
  it.each<[string, () => Buffer]>([
    ['ustar', () => gnuTar({ Dockerfile: 'FROM x' }, '--format=ustar')],
    ['pax with a long name first', () => gnuTar({ ['n'.repeat(200)]: '' }, '--format=pax')],
    ['gnu with a long name first', () => gnuTar({ ['n'.repeat(200)]: '' }, '--format=gnu')],
    ['gzip', () => gnuTar({ Dockerfile: 'FROM x' }, '-z')],
    ['bzip2', () => Buffer.from('BZh91AY&SY')],
    ['xz', () => Buffer.from('fd377a585a000004', 'hex')],
    ['zstd', () => Buffer.from('28b52ffd04', 'hex')],
    ['zstd behind a skippable frame', () => Buffer.from('502a4d1804000000', 'hex')],
  ])('sends %s as it is', async (_, make) => {
    const bytes = make()
    const { archive, dockerfile } = await archiveFrom(chunked(bytes), 'other', now)
    expect(dockerfile).toBe('other')
    expect((await bytesOf(archive)).equals(bytes)).toBe(true)
  })

  it.each([
    ['a Dockerfile', 'FROM busybox\n'],
    ['one that is longer than a tar header', `FROM busybox\n${'# x\n'.repeat(1000)}`],
    ['nothing', ''],
    ['zip', 'PK\x03\x04'],
    ['zeros', '\0'.repeat(2048)],
  ])('takes %s for the Dockerfile', async (_, text) => {
    const { archive, dockerfile } = await archiveFrom(chunked(Buffer.from(text)), '', now)
    expect(dockerfile).toBe('Dockerfile')
    const [entry, ...others] = await readTar(await bytesOf(archive))
    expect(others).toEqual([])
    expect(entry).toMatchObject({ name: 'Dockerfile', content: text, mode: 0o644, mtime: now })
  })

  it('refuses a Dockerfile beside one that -f names, and one without measure', async () => {
    const text = Buffer.from('FROM x')
    await expect(archiveFrom(chunked(text), 'x', now)).rejects.toThrow('ambiguous Dockerfile source')
    await expect(archiveFrom(chunked(text), '-', now)).rejects.toThrow('build context is not an archive')
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1 << 20)
    }
    await expect(archiveFrom(endless(), '', now)).rejects.toThrow('more than 64 MiB')
  })
})

describe('addDockerfile', () => {
  const added = async (files: Record<string, string>, size?: number, ...options: string[]) => {
    const { dockerfile, archive } = addDockerfile(chunked(gnuTar(files, ...options), size), Buffer.from('FROM x'), now)
    return { dockerfile, entries: await readTar(await bytesOf(archive)) }
  }

  it.each([100, 512, 7, 1 << 20])('adds it and a .dockerignore that leaves it out (pieces of %d)', async (size) => {
    const { dockerfile, entries } = await added({ a: 'x'.repeat(1000), [`${'l'.repeat(150)}`]: 'y', z: '' }, size)
    expect(dockerfile).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/)
    expect(entries.map(({ name, content }) => [name, content])).toEqual([
      ['a', 'x'.repeat(1000)],
      ['l'.repeat(150), 'y'],
      ['z', ''],
      [dockerfile, 'FROM x'],
      ['.dockerignore', `.dockerignore\n${dockerfile}\n`],
    ])
    expect(entries[3]).toMatchObject({ mode: 0o600, uid: 0, gid: 0, mtime: now })
  })

  it('adds to a .dockerignore that is there, and keeps owners', async () => {
    const { dockerfile, entries } = await added(
      { '.dockerignore': '*.log', a: 'x' },
      100,
      '--owner=1234',
      '--group=4321',
      '--format=pax',
    )
    expect(entries.map(({ name, content, uid, gid }) => [name, content, uid, gid])).toEqual([
      ['.dockerignore', `*.log\n${dockerfile}\n`, 1234, 4321],
      ['a', 'x', 1234, 4321],
      [dockerfile, 'FROM x', 0, 0],
    ])
  })
})
