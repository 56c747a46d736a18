import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { packResource } from '../../src/archive/pack.ts'
import { type TarEntry, TarReader } from '../../src/archive/tar-reader.ts'
import { encodeHeader, END, type NewEntry, padding } from '../../src/archive/tar-writer.ts'
import { temporaryFolder } from '../harness.ts'

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function read(archive: Buffer, sizes: () => number = () => archive.length): (TarEntry & { content: string })[] {
  const entries: (TarEntry & { content: string })[] = []
  let closed = 0
  const reader = new TarReader({
    entry: (entry) => entries.push({ ...entry, content: '' }),
    data: (chunk) => (entries.at(-1)!.content += Buffer.from(chunk).toString('latin1')),
    close: () => (closed += 1),
  })
  for (let at = 0; at < archive.length;) {
    const size = Math.max(1, sizes())
    reader.write(archive.subarray(at, at + size))
    at += size
  }
  reader.finish()
  expect(closed).toBe(entries.length)
  return entries
}

const plain: NewEntry = { name: 'f', type: '0', mode: 0o644, uid: 0, gid: 0, size: 0, modified: 1_600_000_000 }

function written(...entries: [Partial<NewEntry>, string?][]): Buffer {
  const parts = entries.map(([entry, content = '']) => {
    const header = encodeHeader({ ...plain, size: content.length, ...entry })
    return Buffer.concat([header, Buffer.from(content), Buffer.alloc(padding(content.length))])
  })
  return Buffer.concat([...parts, END])
}

describe('an archive written and read', () => {
  it('keeps what ustar has no room for', () => {
    const long = `${'d'.repeat(90)}/${'n'.repeat(200)}`
    const archive = written(
      [{ name: long }, 'content'],
      [{ name: 'bytes\xff\xfe\n' }],
      [{ name: 'l', type: '2', linkName: long }],
      [{ name: 'old', modified: -86_400 }],
      [{ name: 'future', modified: 2 ** 33 }],
      [{ name: 'none', mode: 0, uid: 1_000_000, gid: 5_000_000 }],
      [{ name: 'bits', mode: 0o7777 }],
      [{ name: 'c', type: '3', deviceMajor: 10, deviceMinor: 229 }],
    )
    const entries = read(archive)
    expect(entries.map(({ name }) => name)).toEqual([
      long,
      'bytes\xff\xfe\n',
      'l',
      'old',
      'future',
      'none',
      'bits',
      'c',
    ])
    expect(entries[0]).toMatchObject({ content: 'content', type: '0', size: 7, modified: 1_600_000_000 })
    expect(entries[2]).toMatchObject({ linkName: long, type: '2' })
    expect(entries.slice(3, 5).map(({ modified }) => modified)).toEqual([-86_400, 2 ** 33])
    expect(entries.slice(5, 7).map(({ mode }) => mode)).toEqual([0, 0o7777])
    expect(entries[5]).toMatchObject({ uid: 1_000_000, gid: 5_000_000 })
    expect(entries[7]).toMatchObject({ type: '3', deviceMajor: 10, deviceMinor: 229 })
  })

  it('reads the same however the bytes are cut', () => {
    const names = Array.from({ length: 40 }, (_, i) => 'x'.repeat(1 + ((i * 37) % 250)))
    const archive = written(...names.map((name, i): [Partial<NewEntry>, string] => [{ name }, 'c'.repeat(i * 101)]))
    const whole = read(archive)
    expect(whole).toHaveLength(40)
    for (const size of [1, 7, 511, 512, 513, 4096]) expect(read(archive, () => size)).toEqual(whole)
    let state = 7
    expect(read(archive, () => (state = (state * 1103515245 + 12345) & 0xfff))).toEqual(whole)
  })

  it('reads what GNU tar and tar-stream write', async () => {
    const folder = temporaryFolder()
    const long = `${'a'.repeat(120)}/${'b'.repeat(130)}`
    fs.mkdirSync(path.join(folder, path.dirname(long)))
    fs.writeFileSync(path.join(folder, long), 'deep')
    fs.symlinkSync('t'.repeat(150), path.join(folder, 'link'))
    fs.linkSync(path.join(folder, long), path.join(folder, 'twin'))
    for (const format of ['gnu', 'pax', 'posix']) {
      const archive = execFileSync('tar', [
        '-C',
        folder,
        `--format=${format}`,
        '-cf',
        '-',
        path.dirname(long),
        'link',
        'twin',
      ])
      const entries = read(archive)
      expect(entries.map(({ name }) => name)).toEqual([`${path.dirname(long)}/`, long, 'link', 'twin'])
      expect(entries[1]).toMatchObject({ content: 'deep', mode: 0o644 })
      expect(entries[2]).toMatchObject({ type: '2', linkName: 't'.repeat(150) })
      expect(entries[3]).toMatchObject({ type: '1', linkName: long })
    }
    const other = pack()
    other.entry({ name: 'ünïcode', mtime: new Date(5000) }, 'x')
    other.finalize()
    expect(Buffer.from(read(await buffer(other as never))[0]!.name, 'latin1').toString()).toBe('ünïcode')
  })

  it('throws where it is cut short or no archive at all', () => {
    const archive = written([{ name: 'n'.repeat(300) }, 'c'.repeat(1000)])
    for (const cut of [0, 1, 511, 512, 513, 1100, 1600, 2047, 2560]) {
      expect(() => read(archive.subarray(0, cut)), `cut at ${cut}`).toThrow('unexpected EOF')
    }
    expect(read(archive.subarray(0, archive.length - 512))).toHaveLength(1)
    expect(() => read(Buffer.alloc(1024, 'not a tar'))).toThrow('archive/tar: invalid tar header')
    const broken = Buffer.from(archive)
    broken[0]! ^= 1
    expect(() => read(broken)).toThrow('archive/tar: invalid tar header')
  })

  it('survives any bytes', () => {
    const archive = written([{ name: 'n'.repeat(150) }, 'c'.repeat(600)], [{ name: 'b', type: '5' }])
    let state = 1
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
    for (let round = 0; round < 2000; round++) {
      const bent = Buffer.from(archive)
      for (let i = 0; i < 3; i++) bent[random() % bent.length] = random() & 0xff
      try {
        read(bent)
      } catch (error) {
        expect((error as Error).message).toMatch(/^(archive\/tar: |unexpected EOF)/)
      }
    }
  })
})

describe('an archive with odd headers', () => {
  const extended = (type: string, content: string | Buffer): Buffer => {
    const bytes = Buffer.from(content as string, 'latin1')
    const header = encodeHeader({ ...plain, name: 'extended', type, size: bytes.length })
    return Buffer.concat([header, bytes, Buffer.alloc(padding(bytes.length))])
  }
  const record = (keyword: string, value: string): string => {
    const rest = ` ${keyword}=${value}\n`
    const digits = String(rest.length + 1).length
    return `${rest.length + digits + (String(rest.length + digits).length > digits ? 1 : 0)}${rest}`
  }
  /** An empty file whose header has `bytes` at `at`, its sum made right. */
  const bent = (at: number, bytes: number[] | string, type = '0'): Buffer => {
    const block = encodeHeader({ ...plain, type })
    block.set(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, at)
    block.fill(0x20, 148, 156)
    const sum = block.reduce((total, byte) => total + byte, 0)
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([block, END])
  }
  const invalid = 'archive/tar: invalid tar header'

  it.each([
    ['a negative size', record('size', '-1'), invalid],
    ['a huge size', record('size', '99999999999999999999'), invalid],
    ['a size that is no number', record('size', 'NaN'), invalid],
    ['a size in hexadecimal', record('size', '0x10'), invalid],
    ['a time that is no number', record('mtime', '1e5'), invalid],
    ['an owner that is no number', record('uid', 'root'), invalid],
    ['a NUL in a path', record('path', 'a\0b'), invalid],
    ['a NUL in a keyword', record('a\0b', 'c'), invalid],
    ['no length', ' path=a\n', invalid],
    ['a negative length', '-9 path=a\n', invalid],
    ['a length of zero', '0 path=a\n', invalid],
    ['a length beyond the end', '99 path=a\n', invalid],
    ['lengths that overlap', '8 path=a\n9 path=b\n', invalid],
    ['a length without end', '1'.repeat(100_000), invalid],
    ['no keyword', '6 =ab\n', invalid],
    ['no value', '8 path\n', invalid],
    [
      'a sparse file',
      record('GNU.sparse.realsize', '9223372036854775807'),
      'archive/tar: sparse files are not supported',
    ],
  ])('refuses %s', (_, content, message) => {
    expect(() => read(Buffer.concat([extended('x', content), written([{}])]))).toThrow(message)
  })

  it.each([
    [
      'a negative size in base 256',
      bent(
        124,
        Array.from({ length: 12 }, () => 0xff),
      ),
    ],
    ['a size of 63 bits in base 256', bent(124, [0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['a size of 90 bits in base 256', bent(124, [0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a time of 90 bits in base 256', bent(136, [0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    [
      'a long name of negative size',
      bent(
        124,
        Array.from({ length: 12 }, () => 0xff),
        'L',
      ),
    ],
    ['a size in no octal', bent(124, '00000000089')],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(invalid)
  })

  it('reads base 256, numbers cut off by NUL, and the last of several values', () => {
    expect(read(bent(136, [0xff, ...Array.from({ length: 10 }, () => 0xff), 0xfe]))[0]).toMatchObject({ modified: -2 })
    expect(read(bent(100, '644\x00junk'))[0]).toMatchObject({ mode: 0o644 })
    const twice =
      record('path', 'first') + record('path', 'second') + record('linkpath', 'gone') + record('linkpath', '')
    expect(read(Buffer.concat([extended('x', twice), written([{}])]))[0]).toMatchObject({
      name: 'second',
      linkName: '',
    })
  })

  it('lets the last of headers in a row count, whatever their keywords, and keeps nothing of the others', () => {
    const before = extended('x', record('path', 'lost') + record('__proto__', 'x'))
    const last = extended('x', record('mtime', '5.5'))
    const entries = read(Buffer.concat([before, last, written([{}], [{ name: 'next' }])]))
    expect(entries.map(({ name, modified }) => [name, modified])).toEqual([
      ['f', 5.5],
      ['next', plain.modified],
    ])
    const many = Array.from({ length: 2000 }, (_, i) =>
      extended('x', Array.from({ length: 100 }, (__, j) => record(`k${i}.${j}`, 'v')).join('')),
    )
    expect(read(Buffer.concat([...many, written([{}])]))).toHaveLength(1)
  })

  it('takes long names without end or NUL as they are, and no more than a megabyte of one', () => {
    const name = 'n'.repeat(5000)
    const names = [extended('L', `${'x'.repeat(99)}\0rest`), extended('L', name), extended('K', `${name}\0`)]
    expect(read(Buffer.concat([...names, written([{ type: '2' }])]))[0]).toMatchObject({ name, linkName: name })
    expect(() => read(extended('L', name).subarray(0, 4096))).toThrow('unexpected EOF')
    const huge = encodeHeader({ ...plain, type: 'L', size: 2 ** 20 + 1 })
    expect(() => read(huge)).toThrow('archive/tar: header field too long')
  })

  it('passes over what a directory of old has as content', () => {
    const entries = read(written([{ name: 'd/' }, 'content'], [{ name: 'f' }]))
    expect(entries.map(({ name, type }) => [name, type])).toEqual([
      ['d/', '5'],
      ['f', '0'],
    ])
  })

  it('says and reads sizes beyond 8 GiB', () => {
    const sizes: number[] = []
    const reader = new TarReader({
      entry: ({ size }) => sizes.push(size),
      data: () => undefined,
      close: () => undefined,
    })
    reader.write(encodeHeader({ ...plain, size: 2 ** 40 + 1 }))
    expect(sizes).toEqual([2 ** 40 + 1])
  })
})

describe('packResource', () => {
  const pack_ = (source: string, options = {}) =>
    bytesOf(packResource(source, { onSkip: (message) => expect.fail(message), ...options }))

  it('packs a tree as it is, in the order of its names, and GNU tar agrees', async () => {
    const folder = temporaryFolder()
    const tree = path.join(folder, 'tree')
    fs.mkdirSync(path.join(tree, 'b/c'), { recursive: true })
    fs.writeFileSync(path.join(tree, 'b/file'), 'x'.repeat(600_000))
    fs.writeFileSync(path.join(tree, 'b/none'), '', { mode: 0 })
    fs.chmodSync(path.join(tree, 'b/none'), 0)
    fs.linkSync(path.join(tree, 'b/file'), path.join(tree, 'b-twin'))
    fs.symlinkSync('../nowhere', path.join(tree, 'b/c/link'))
    fs.writeFileSync(Buffer.from(`${tree}/\xff`, 'latin1'), 'odd')
    execFileSync('mkfifo', [path.join(tree, 'pipe')])
    expect(read(await pack_(tree)).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'tree/ 5',
      'tree/b/ 5',
      'tree/b/c/ 5',
      'tree/b/c/link 2',
      'tree/b/file 0',
      'tree/b/none 0',
      'tree/b-twin 1',
      'tree/pipe 6',
      'tree/\xff 0',
    ])
    // GNU tar has no names that are not of its locale.
    fs.rmSync(Buffer.from(`${tree}/\xff`, 'latin1'))
    fs.writeFileSync(path.join(folder, 'it.tar'), await pack_(tree))
    expect(execFileSync('tar', ['-df', 'it.tar'], { cwd: folder, encoding: 'utf8' })).toBe('')
  })

  it('names the root as asked', async () => {
    const tree = path.join(temporaryFolder(), 'tree')
    fs.mkdirSync(tree)
    fs.writeFileSync(path.join(tree, 'f'), '')
    const names = async (source: string, options = {}) => read(await pack_(source, options)).map(({ name }) => name)
    expect(await names(`${tree}/.`)).toEqual(['./', './f'])
    expect(await names(tree, { rebaseName: 'other' })).toEqual(['other/', 'other/f'])
    expect(await names(tree, { rename: (name: string) => `x/${name}` })).toEqual(['x/tree/', 'x/tree/f'])
  })

  it('tells of what it leaves out and goes on', async () => {
    const tree = path.join(temporaryFolder(), 'tree')
    fs.mkdirSync(tree)
    fs.writeFileSync(path.join(tree, 'z'), 'z')
    execFileSync('python3', [
      '-c',
      'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])',
      path.join(tree, 's'),
    ])
    const skipped: unknown[] = []
    const archive = await pack_(tree, { onSkip: (...told: unknown[]) => skipped.push(told) })
    expect(read(archive).map(({ name }) => name)).toEqual(['tree/', 'tree/z'])
    expect(skipped).toEqual([[`Can't add file ${tree}/s to tar: archive/tar: sockets not supported`, false]])
  })

  it('takes of a file that grows while it is read what it had, and says so', async () => {
    const file = path.join(temporaryFolder(), 'log')
    fs.writeFileSync(file, 'x'.repeat(300_000))
    const said: unknown[] = []
    const chunks: Buffer[] = []
    for await (const chunk of packResource(file, { onSkip: (...args) => said.push(args) })) {
      if (chunks.length === 0) fs.appendFileSync(file, 'more')
      chunks.push(Buffer.from(chunk))
    }
    expect(said).toEqual([[`Can't add file ${file} to tar: archive/tar: write too long`, false]])
    expect(read(Buffer.concat(chunks))[0]?.content).toBe('x'.repeat(300_000))
  })

  it.each([
    ['a link', (file: string) => fs.symlinkSync('/etc/passwd', file), 'too many levels of symbolic links', 0],
    ['a pipe', (file: string) => void execFileSync('mkfifo', [file]), 'archive/tar: missed writing 5 bytes', 1],
    ['nothing', () => undefined, 'no such file or directory', 0],
  ])('does not wait for or follow what has become %s since it was looked at', async (_, put, reason, entries) => {
    const file = path.join(temporaryFolder(), 'f')
    fs.writeFileSync(file, 'hello')
    const openSync = fs.openSync.bind(fs)
    const swapping = vi.spyOn(fs, 'openSync').mockImplementationOnce((...args) => {
      fs.unlinkSync(file)
      put(file)
      return openSync(...args)
    })
    const said: string[] = []
    const archive = await bytesOf(packResource(file, { onSkip: (message) => said.push(message) }))
    swapping.mockRestore()
    expect(said).toEqual([expect.stringContaining(reason)])
    expect(read(archive)).toHaveLength(entries)
  })

  it('fills up a file that shrinks while it is read, and says so', async () => {
    const tree = path.join(temporaryFolder(), 'tree')
    fs.mkdirSync(tree)
    fs.writeFileSync(path.join(tree, 'a'), 'a'.repeat(2_000_000))
    fs.writeFileSync(path.join(tree, 'b'), 'b')
    const skipped: unknown[] = []
    const chunks: Buffer[] = []
    for await (const chunk of packResource(tree, { onSkip: (...told) => skipped.push(told) })) {
      fs.truncateSync(path.join(tree, 'a'), 1_000_000)
      chunks.push(Buffer.from(chunk))
    }
    const entries = read(Buffer.concat(chunks))
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['tree/', 0],
      ['tree/a', 2_000_000],
      ['tree/b', 1],
    ])
    expect(skipped).toEqual([[expect.stringMatching(/tree\/a to tar: archive\/tar: missed writing \d+ bytes$/), true]])
  })
})
