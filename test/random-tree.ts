import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'

export interface TreeOptions {
  /** Whether there are named pipes among the files. */
  readonly pipes?: boolean
  /** Only what every tar implementation can say: names in UTF-8, times before 2038, modes that let the owner read. */
  readonly portable?: boolean
}

/** Makes a random tree at `root`, the same for the same seed. */
export function growTree(root: string, seed: number, options: TreeOptions = {}): void {
  new Grower(seed, options).grow(root)
}

/** All that is to come out as it went in: names, kinds, modes, times, content, targets, and which files are one. */
export function describeTree(root: string): string[] {
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

class Grower {
  private state: number
  private readonly files: Buffer[] = []
  private readonly options: TreeOptions

  constructor(seed: number, options: TreeOptions) {
    this.state = (seed * 2654435761 + 1) >>> 0
    this.options = options
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
      fs.chmodSync(path, this.mode(0o700))
    } else if (kind === 3) {
      fs.symlinkSync(this.pick(['a', '../../up', '/etc/passwd', 'loop/loop', 'x'.repeat(150), '.', 'ü']), path)
    } else if (kind === 4 && this.files.length > 0) return fs.linkSync(this.pick(this.files), path)
    else if (kind === 5 && this.options.pipes === true && path.equals(Buffer.from(path.toString()))) {
      execFileSync('mkfifo', ['-m', '640', '--', path.toString()])
    } else {
      fs.writeFileSync(path, '')
      this.write(path)
      fs.chmodSync(path, this.mode(0o600))
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
    const late = this.options.portable === true ? 2_100_000_000 : 2_200_000_000
    const seconds = this.pick([1, 86_400 * 365, 1_234_567_890, 1_700_000_000, late]) + this.random(1000)
    fs.lutimesSync(path, seconds, seconds)
  }

  /** What the caller must be allowed is `least` where the tree is portable, since not only root reads that. */
  private mode(least: number): number {
    return this.random(0o10000) | (this.options.portable === true ? least : 0)
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
      ...(this.chance(15) && this.options.portable !== true ? [Buffer.from([0xff, 0xc0])] : []),
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
