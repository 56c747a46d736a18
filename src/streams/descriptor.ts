import fs from 'node:fs'

/** How a stdio descriptor tells what it is; the thunk loads `node:tty`, which only terminals should pay for. */
export interface Descriptor<Stream> {
  readonly fd: number
  readonly platform: NodeJS.Platform
  /** The process's own stream for the descriptor. */
  readonly stream: () => Stream
}

/** Where writes to a descriptor really go. */
export interface Target {
  readonly fd: number
  readonly kind: 'file' | 'pipe' | 'terminal'
  /** A write may block until a stream of Node's has the descriptor. */
  readonly blocks: boolean
}

/**
 * Whether a descriptor is a terminal. Linux tells terminals by their major device numbers (4 and 5, pseudo-terminals from 136),
 * which spares every other program the loading of `node:tty`; elsewhere the process's stream is asked.
 */
export function isTerminal({ fd, platform, stream }: Descriptor<unknown>): boolean {
  try {
    const stat = fs.fstatSync(fd)
    if (!stat.isCharacterDevice()) return platform === 'win32' && (stream() as { isTTY?: boolean }).isTTY === true
    const major = (stat.rdev >> 8) & 0xfff
    if (platform === 'linux') return major === 4 || major === 5 || (major >= 136 && major <= 143)
    return (stream() as { isTTY?: boolean }).isTTY === true
  } catch {
    return false
  }
}

/** Whether a descriptor is a pipe or a socket. */
export function isPipe(fd: number): boolean {
  try {
    const stat = fs.fstatSync(fd)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}

/** Whether two descriptors lead to the same file, pipe or terminal. */
export function isSameFile(one: number, other: number): boolean {
  try {
    const [a, b] = [fs.fstatSync(one), fs.fstatSync(other)]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}

/**
 * Puts /dev/null in the place of a terminal that has hung up: Node aborts when it cannot give a terminal its modes back as
 * the program ends.
 */
export function replaceHungUp(descriptor: Descriptor<unknown>): void {
  if (descriptor.platform !== 'linux' || !isTerminal(descriptor)) return
  try {
    const own = reopen(descriptor, fs.constants.O_RDONLY)
    if (own !== undefined) fs.closeSync(own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') return
    fs.closeSync(descriptor.fd)
    fs.openSync('/dev/null', fs.constants.O_RDWR)
  }
}

/** Finds how to write to a descriptor so that a reader that is slow, or does not read at all, cannot hold up the program. */
export function openTarget(descriptor: Descriptor<unknown>): Target {
  const { fd, platform } = descriptor
  const kind = isPipe(fd) ? 'pipe' : platform !== 'win32' && isTerminal(descriptor) ? 'terminal' : 'file'
  if (kind === 'file') return { fd, kind, blocks: false }
  try {
    const own = reopen(descriptor, fs.constants.O_WRONLY)
    return { fd: own ?? fd, kind, blocks: own === undefined }
  } catch (error) {
    // A pipe without a reader, a terminal that has hung up: the write itself says so.
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENXIO' || code === 'EIO' ? { fd, kind: 'file', blocks: false } : { fd, kind, blocks: true }
  }
}

/**
 * Opens a pipe or terminal anew in non-blocking mode, which belongs to the open file that other programs may share (a
 * shell's next command, the rest of a pipeline). Undefined where that cannot be done: for sockets, and off Linux. Throws
 * where the system refuses it.
 */
export function reopen({ fd, platform }: Omit<Descriptor<unknown>, 'stream'>, mode: number): number | undefined {
  if (platform !== 'linux' || fs.fstatSync(fd).isSocket()) return undefined
  const { O_NONBLOCK, O_NOCTTY } = fs.constants
  const flags = mode | O_NONBLOCK | O_NOCTTY
  try {
    return fs.openSync(`/proc/self/fd/${fd}`, flags)
  } catch (error) {
    // Another account's terminal, after `su`, opens by the name that every process has for its own.
    if (!isControllingTerminal(fd)) throw error
    return fs.openSync('/dev/tty', flags)
  }
}

function isControllingTerminal(fd: number): boolean {
  const stat = fs.readFileSync('/proc/self/stat', 'utf8')
  // The fifth field after the program's name, which may hold blanks and brackets (proc(5), tty_nr).
  return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[5]) === fs.fstatSync(fd).rdev
}

/** Writes as much of `data` as goes out now, and gives the rest, undefined for none. */
export function writeAvailable(fd: number, data: Uint8Array): Uint8Array | undefined {
  for (let offset = 0; offset < data.length;) {
    try {
      offset += fs.writeSync(fd, data, offset)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      return data.subarray(offset)
    }
  }
  return undefined
}
