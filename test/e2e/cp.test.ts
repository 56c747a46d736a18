import { execFileSync, type ExecFileSyncOptionsWithBufferEncoding } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { call } from '../engines/testbed.ts'

onEngines('cp', (engine) => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'docket-cp-'))
  let id = ''

  beforeEach(async () => {
    const create = { Image: 'busybox', Cmd: ['sh', '-c', 'while :; do sleep 1; done'], StopSignal: 'KILL' }
    const { body } = await call(engine, 'POST', '/v1.41/containers/create', JSON.stringify(create))
    id = (JSON.parse(body) as { Id: string }).Id
    await call(engine, 'POST', `/v1.41/containers/${id}/start`)
  })

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

  const cp = async (...args: string[]): Promise<void> => {
    const outcome = await engine.docket(['cp', ...args], { limit: 60_000 })
    expect(outcome).toMatchObject({ stderr: '', code: 0 })
  }

  // Ten trees go at once, since it is the trees that are tested and not two hundred starts of a program.
  test.each(Array.from({ length: 20 }, (_, batch) => batch))(
    'random trees come out as they went in: batch %i',
    async (batch) => {
      const before = join(folder, `in-${batch}`)
      fs.mkdirSync(before)
      for (let tree = 0; tree < 10; tree++)
        new Grower(batch * 10 + tree, engine.kind).grow(join(before, `tree-${tree}`))
      await cp('-a', before, `${id}:/`)
      await cp(`${id}:/in-${batch}`, join(folder, `out-${batch}`))
      expect(describeTree(join(folder, `out-${batch}`))).toEqual(describeTree(before))
      fs.rmSync(before, { recursive: true })
      fs.rmSync(join(folder, `out-${batch}`), { recursive: true })
    },
  )

  test('an archive from stdin and one to stdout are the same tree', async () => {
    const before = join(folder, 'piped')
    new Grower(4711, engine.kind).grow(before)
    const archive = execFileSync('tar', ['-C', folder, '-cf', '-', 'piped'], quiet)
    expect(await engine.docket(['cp', '-', `${id}:/tmp`], { input: archive })).toMatchObject({ stderr: '', code: 0 })
    const { bytes } = await engine.docket(['cp', `${id}:/tmp/piped`, '-'])
    const after = join(folder, 'unpiped')
    fs.mkdirSync(after)
    execFileSync('tar', ['-C', after, '-xpf', '-'], { ...quiet, input: bytes })
    expect(describeTree(join(after, 'piped'))).toEqual(describeTree(before))
  })

  test('a container that dies while it is copied from is told of, and not waited for', async () => {
    const create = { Image: 'busybox', Cmd: ['sh', '-c', 'dd if=/dev/zero of=/big bs=1M count=200; sleep 1000'] }
    const { body } = await call(engine, 'POST', '/v1.41/containers/create', JSON.stringify(create))
    const doomed = (JSON.parse(body) as { Id: string }).Id
    await call(engine, 'POST', `/v1.41/containers/${doomed}/start`)
    await expect
      .poll(async () => (await engine.docket(['exec', doomed, 'stat', '-c', '%s', '/big'])).stdout, { timeout: 30_000 })
      .toBe(`${200 * 1024 * 1024}\n`)
    const copying = engine.start(['cp', `${doomed}:/big`, join(folder, 'big')])
    const ended = new Promise<number | null>((resolve) => copying.on('close', resolve))
    await call(engine, 'DELETE', `/v1.41/containers/${doomed}?force=1`)
    // Either all of it was on its way already, or the cut is an error; there is no third.
    const code = await ended
    if (code === 0) expect(fs.statSync(join(folder, 'big')).size).toBe(200 * 1024 * 1024)
    else expect(code).toBe(1)
  })

  test('the rules for trailing slashes and dots hold', async () => {
    const here = join(folder, 'rules')
    fs.mkdirSync(join(here, 'd/sub'), { recursive: true })
    fs.writeFileSync(join(here, 'd/f'), 'f')
    const inside = async (path: string): Promise<string> =>
      (await engine.docket(['exec', id, 'find', path, '-type', 'f'])).stdout
    await cp(join(here, 'd'), `${id}:/tmp/new`)
    expect(await inside('/tmp/new')).toBe('/tmp/new/f\n')
    await cp(join(here, 'd'), `${id}:/tmp/new`)
    expect((await inside('/tmp/new')).split('\n').toSorted().join(' ')).toBe(' /tmp/new/d/f /tmp/new/f')
    await cp(`${join(here, 'd')}/.`, `${id}:/tmp/dot`)
    expect(await inside('/tmp/dot')).toBe('/tmp/dot/f\n')
    const missing = await engine.docket(['cp', join(here, 'd/f'), `${id}:/tmp/none/`])
    expect(missing).toMatchObject({ code: 1, stderr: 'no such directory\n' })
    await cp(`${id}:/tmp/dot/f`, join(here, 'renamed'))
    expect(fs.readFileSync(join(here, 'renamed'), 'utf8')).toBe('f')
  })
})

/** GNU tar warns of times to come. */
const quiet: ExecFileSyncOptionsWithBufferEncoding = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1e9 }

/** Makes random trees, the same for the same seed. */
class Grower {
  private state: number
  private readonly files: Buffer[] = []
  private readonly kind: 'docker' | 'podman'

  constructor(seed: number, kind: 'docker' | 'podman') {
    this.state = (seed * 2654435761 + 1) >>> 0
    this.kind = kind
  }

  grow(root: string): void {
    const top = Buffer.from(root)
    fs.mkdirSync(top)
    this.fill(top, 0)
    this.touch(top)
  }

  private fill(directory: Buffer, depth: number): void {
    const count = this.pick([0, 1, 3, 5])
    for (let i = 0; i < count; i++) this.add(within(directory, this.name(i)), depth)
    if (this.chance(12)) this.chain(directory)
  }

  private add(path: Buffer, depth: number): void {
    const kind = this.random(10)
    if (kind < 3 && depth < 4) {
      fs.mkdirSync(path)
      this.fill(path, depth + 1)
      fs.chmodSync(path, this.random(0o10000))
    } else if (kind === 3) {
      fs.symlinkSync(this.pick(['a', '../../up', '/etc/passwd', 'loop/loop', 'x'.repeat(150), '.', 'ü']), path)
    } else if (kind === 4 && this.files.length > 0) return fs.linkSync(this.pick(this.files), path)
    else if (kind === 5 && this.kind === 'docker' && path.equals(Buffer.from(path.toString()))) {
      execFileSync('mkfifo', ['-m', '640', '--', path.toString()])
    } else {
      fs.writeFileSync(path, '')
      this.write(path)
      fs.chmodSync(path, this.random(0o10000))
      this.files.push(path)
    }
    this.touch(path)
  }

  private write(path: Buffer): void {
    const size = this.pick([0, 1, 511, 512, 513, 5000, 70_000])
    const fd = fs.openSync(path, 'r+')
    if (this.chance(10)) fs.writeSync(fd, Buffer.from('after a hole'), 0, 12, 2_000_000 + size)
    fs.writeSync(fd, Buffer.alloc(size, this.random(256)))
    fs.closeSync(fd)
  }

  /** Directories in directories until the path is long. */
  private chain(directory: Buffer): void {
    let path = directory
    for (let i = 0; i < 12; i++) {
      path = within(path, Buffer.from(`${'deep'.repeat(this.random(40) + 1)}${i}`))
      fs.mkdirSync(path)
    }
    const end = within(path, Buffer.from('n'.repeat(255)))
    fs.writeFileSync(end, 'end')
    this.touch(end)
  }

  private touch(path: Buffer): void {
    const seconds = this.pick([1, 86_400 * 365, 1_234_567_890, 1_700_000_000, 2_200_000_000]) + this.random(1000)
    fs.lutimesSync(path, seconds, seconds)
  }

  private name(i: number): Buffer {
    const odd = [
      'plain',
      ' blank ',
      '-dash',
      'new\nline',
      'tab\t',
      'quote"\'',
      'back\\slash',
      'colon:',
      '*?[]',
      'ünïcödé',
      '日本語',
      '.hidden',
      '...',
      '%41',
      'n'.repeat(240),
    ]
    return Buffer.concat([
      Buffer.from(this.pick(odd)),
      Buffer.from(String(i)),
      ...(this.chance(15) ? [Buffer.from([0xff, 0xc0])] : []),
    ])
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random(list.length)] as T
  }

  /** True once in `times`. */
  private chance(times: number): boolean {
    return this.random(times) === 0
  }

  private random(below: number): number {
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    this.state >>>= 0
    return this.state % below
  }
}

function within(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), name])
}

/** All that is to come out as it went in: names, kinds, modes, times, content, targets, and which files are one. */
function describeTree(root: string): string[] {
  const lines: string[] = []
  const first = new Map<number, number>()
  const visit = (path: Buffer, name: string): void => {
    const stat = fs.lstatSync(path)
    const number = lines.length
    const same = stat.isDirectory() ? number : (first.get(stat.ino) ?? number)
    if (same === number) first.set(stat.ino, number)
    const content = stat.isFile() ? createHash('sha1').update(fs.readFileSync(path)).digest('hex') : ''
    const target = stat.isSymbolicLink() ? fs.readlinkSync(path, { encoding: 'buffer' }).toString('latin1') : ''
    const mode = stat.mode.toString(8)
    const time = Math.floor(stat.mtimeMs / 1000)
    lines.push(
      [name, mode, stat.isFile() ? stat.size : 0, time, same === number ? 'own' : same, content, target].join(' '),
    )
    if (!stat.isDirectory()) return
    const names = fs.readdirSync(path, { encoding: 'buffer' }).map((entry) => entry.toString('latin1'))
    for (const entry of names.toSorted()) visit(within(path, Buffer.from(entry, 'latin1')), `${name}/${entry}`)
  }
  visit(Buffer.from(root), '')
  return lines
}
