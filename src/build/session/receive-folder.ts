import fs from 'node:fs'
import { type BytePath, toBytes, toFs } from '../../archive/bytes.ts'
import type { TarEntry } from '../../archive/tar-reader.ts'
import { Unpacker } from '../../archive/unpack.ts'
import { messageOf } from '../../errors/cli-error.ts'
import { readDirectory } from '../../runtime/directory.ts'
import { GrpcError } from '../grpc/status.ts'
import type { ServedStream } from '../grpc/server.ts'
import { packet, PacketType, type Stat } from '../proto/filesync.ts'

/**
 * Writes the tree that comes over a call into a folder, which is made where there is none: owned by the caller, beside what is there
 * and in place of what has the same names. Nothing is written outside of it (BuildKit filesync syncTargetDiffCopy, fsutil's receiver).
 * With `mirror`, what is in the folder and not in the tree is removed.
 */
export async function receiveFolder(
  call: ServedStream,
  folder: string,
  { mirror = false }: { mirror?: boolean } = {},
): Promise<void> {
  let unpacker: Unpacker | undefined
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    unpacker = new Unpacker(toBytes(folder), { replace: true })
    const names = new Set<BytePath>()
    const finish = (): void => {
      if (mirror) removeOthers(toBytes(folder), names)
      unpacker?.finish()
    }
    await new Receiver(call, unpacker, { names, finish }).run()
  } catch (error) {
    const told = Buffer.from(messageOf(error))
    if (!call.signal.aborted) await call.send(packet, { type: PacketType.error, data: told })
    throw error
  } finally {
    unpacker?.release()
  }
}

interface ReceiverOptions {
  /** Gets the names of all that comes. */
  readonly names: Set<BytePath>
  /** Called when everything is there. */
  readonly finish: () => void
}

interface File {
  readonly id: number
  readonly entry: TarEntry
  readonly chunks: Uint8Array[]
  size: number
}

/** The files are asked for once all names are known: small ones many at a time, kept until each is whole, large ones by themselves. */
class Receiver {
  readonly #call: ServedStream
  readonly #unpacker: Unpacker
  readonly #options: ReceiverOptions
  readonly #waiting: File[] = []
  readonly #links: TarEntry[] = []
  readonly #asked = new Map<number, File>()
  #askedSize = 0
  #described = false

  constructor(call: ServedStream, unpacker: Unpacker, options: ReceiverOptions) {
    this.#call = call
    this.#options = options
    this.#unpacker = unpacker
  }

  async run(): Promise<void> {
    let id = 0
    for await (const { type, stat, data, ...rest } of this.#call.read(packet)) {
      this.#unpacker.lookAgain()
      if (type === PacketType.error) throw new Error(`error from sender: ${Buffer.from(data).toString()}`)
      if (type === PacketType.fin) return
      if (type === PacketType.data) this.#data(rest.id, data)
      else if (stat === undefined) {
        this.#described = true
        this.#waiting.reverse()
      } else this.#describe(id++, toEntry(stat))
      if (this.#described) await this.#ask()
    }
    throw new GrpcError('Canceled', 'the sender went before it had sent all')
  }

  #describe(id: number, entry: TarEntry): void {
    this.#options.names.add(entry.name)
    if (entry.type === FILE) this.#waiting.push({ id, entry, chunks: [], size: 0 })
    else if (entry.type === HARD_LINK) this.#links.push(entry)
    else this.#unpacker.entry(entry)
  }

  async #ask(): Promise<void> {
    for (let next = this.#waiting.at(-1); next !== undefined; next = this.#waiting.at(-1)) {
      if (this.#asked.size > 0 && this.#askedSize + next.entry.size > ROOM) return
      this.#waiting.pop()
      this.#asked.set(next.id, next)
      this.#askedSize += next.entry.size
      if (isLarge(next)) this.#unpacker.entry(next.entry)
      await this.#call.send(packet, { type: PacketType.request, id: next.id })
    }
    if (this.#asked.size > 0) return
    for (const link of this.#links.splice(0)) this.#unpacker.entry(link)
    this.#options.finish()
    await this.#call.send(packet, { type: PacketType.fin })
  }

  #data(id: number, data: Uint8Array): void {
    const file = this.#asked.get(id)
    if (file === undefined) throw new Error(`invalid file request ${id}`)
    if (data.length > 0) {
      file.size += data.length
      if (isLarge(file)) this.#unpacker.data(data)
      else file.chunks.push(data)
      if (file.size > Math.max(file.entry.size, ROOM)) throw new Error(`more of file ${id} than was announced`)
      return
    }
    this.#asked.delete(id)
    this.#askedSize -= file.entry.size
    if (!isLarge(file)) {
      this.#unpacker.entry(file.entry)
      if (file.size > 0) this.#unpacker.data(Buffer.concat(file.chunks))
    }
    this.#unpacker.close()
  }
}

/** Removes what is in a folder and has none of the names, which are relative to it. Links are removed, never followed. */
function removeOthers(folder: BytePath, names: ReadonlySet<BytePath>): void {
  for (const todo = ['']; todo.length > 0;) {
    const inside = todo.pop() ?? ''
    for (const entry of readDirectory(toFs(`${folder}/${inside}`))) {
      const name = `${inside}${entry.name.toString('latin1')}`
      if (!names.has(name)) fs.rmSync(toFs(`${folder}/${name}`), { recursive: true, force: true })
      else if (entry.isDirectory()) todo.push(`${name}/`)
    }
  }
}

function isLarge({ entry }: File): boolean {
  return entry.size > ROOM
}

function toEntry(stat: Stat): TarEntry {
  return {
    name: stat.path,
    type: typeOf(stat),
    mode: unixMode(stat.mode),
    uid: stat.uid,
    gid: stat.gid,
    size: stat.size,
    // Microseconds are what a double of seconds holds.
    modified: Number(stat.modTime / 1000n) / 1e6,
    linkName: stat.linkname,
    deviceMajor: stat.devmajor,
    deviceMinor: stat.devminor,
  }
}

function typeOf({ mode, linkname }: Stat): string {
  const found = TYPES.find(([bit]) => (mode & bit) !== 0)
  return found?.[1] ?? (linkname === '' ? FILE : HARD_LINK)
}

/** Permissions and what goes with them of Go's os.FileMode, as the system has them. */
function unixMode(mode: number): number {
  const more = [
    [1 << 23, 0o4000],
    [1 << 22, 0o2000],
    [1 << 20, 0o1000],
  ].reduce((bits, [go = 0, unix = 0]) => ((mode & go) === 0 ? bits : bits | unix), 0)
  return (mode & 0o777) | more
}

const FILE = '0'
const HARD_LINK = '1'
/** Go's os.FileMode: what each kind is in an archive, the narrower ones first. */
const TYPES: readonly (readonly [number, string])[] = [
  [1 << 31, '5'],
  [1 << 27, '2'],
  [1 << 21, '3'],
  [1 << 26, '4'],
  [1 << 25, '6'],
]
/** How much of small files may be under way. */
const ROOM = 1024 * 1024
