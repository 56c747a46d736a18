import fs from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { toFs, toText, type BytePath } from '../../archive/bytes.ts'
import { messageOf } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { GrpcError } from '../grpc/status.ts'
import { serves, type Served, type ServedStream } from '../grpc/server.ts'
import { fileSync, packet, PacketType, type StatInit } from '../proto/filesync.ts'
import { followLinks, withoutInner } from './follow-links.ts'
import { metadataValues } from './metadata.ts'
import { walkTree } from './tree.ts'
import { treeFilter } from './tree-filter.ts'

/**
 * Sends folders to the daemon, by the names that the build gives them (`context`, `dockerfile`). The daemon gets a description of all
 * that it asked for by its patterns, and the contents of those files only that it has not got (BuildKit session/filesync, fsutil).
 * Throws for a folder that is not there.
 */
export function sendFolders(folders: Readonly<Record<string, string>>): Served {
  const roots = new Map(Object.entries(folders).map(([name, folder]) => [name, rootOf(folder)]))
  return serves(fileSync, {
    diffCopy: async (call) => {
      const [name = ''] = metadataValues(call.metadata, 'dir-name')
      const root = roots.get(name)
      if (root === undefined) throw new GrpcError('NotFound', `no access allowed to dir ${JSON.stringify(name)}`)
      await new Sender(call, root).run(wantedOf(call, root))
    },
  })
}

function rootOf(folder: string): BytePath {
  let root
  try {
    root = fs.realpathSync(folder, { encoding: 'buffer' }).toString('latin1')
    fs.opendirSync(toFs(root)).closeSync()
  } catch (error) {
    throw pathError('open', folder, error)
  }
  return root === '/' ? '' : root
}

function wantedOf({ metadata }: ServedStream, root: BytePath): Generator<StatInit> {
  const values = (name: string): string[] => metadataValues(metadata, name)
  const paths = values('followpaths')
  const given = values('include-patterns')
  const followed = paths.length === 0 ? undefined : followLinks(root, paths)
  const includes = followed === undefined ? given : (withoutInner([...given, ...followed]) ?? [])
  return walkTree(root, treeFilter({ includes, excludes: values('exclude-patterns') }))
}

/** One transfer: stats go out while requests come in, and the files asked for are sent one after the other. */
class Sender {
  readonly #call: ServedStream
  readonly #root: BytePath
  /** The files that may be asked for, by their number. */
  readonly #files = new Map<number, BytePath>()
  readonly #piece = Buffer.allocUnsafeSlow(PIECE)
  #sending: Promise<void> = Promise.resolve()

  constructor(call: ServedStream, root: BytePath) {
    this.#call = call
    this.#root = root
  }

  async run(stats: Iterable<StatInit>): Promise<void> {
    try {
      await Promise.all([this.#describe(stats), this.#answer()])
    } catch (error) {
      const told = Buffer.from(messageOf(error))
      if (!this.#call.signal.aborted) await this.#call.send(packet, { type: PacketType.error, data: told })
      throw error
    }
  }

  async #describe(stats: Iterable<StatInit>): Promise<void> {
    let id = 0
    for (const stat of stats) {
      if (((stat.mode ?? 0) & MODE_TYPE) === 0) this.#files.set(id, stat.path ?? '')
      id++
      const wait = this.#call.send(packet, { type: PacketType.stat, stat })
      if (wait !== undefined) await wait
      else if (id % BREATHER === 0) await setImmediate()
    }
    await this.#call.send(packet, { type: PacketType.stat })
  }

  #answer(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#requests((id, path) => {
        this.#sending = this.#sending.then(() => this.#send(id, path))
        this.#sending.catch(reject)
      }).then(resolve, reject)
    })
  }

  async #requests(queue: (id: number, path: BytePath) => void): Promise<void> {
    for await (const { type, id, data } of this.#call.read(packet)) {
      if (type === PacketType.error) throw new Error(`error from receiver: ${Buffer.from(data).toString()}`)
      if (type === PacketType.request) queue(id, this.#take(id))
      if (type !== PacketType.fin) continue
      await this.#sending
      await this.#call.send(packet, { type: PacketType.fin })
      return
    }
    throw new GrpcError('Canceled', 'the receiver went before it had all')
  }

  #take(id: number): BytePath {
    const path = this.#files.get(id)
    if (path === undefined) throw new Error(`invalid file id ${id}`)
    this.#files.delete(id)
    return path
  }

  // A file that is gone or may not be read ends the build; the reference sends an empty one.
  async #send(id: number, path: BytePath): Promise<void> {
    const fd = this.#open(path)
    try {
      for (let size = fd === undefined ? 0 : this.#read(fd, path); size > 0;) {
        const data = this.#piece.subarray(0, size)
        // What is read next overwrites the piece, which is copied by now.
        await this.#call.send(packet, { type: PacketType.data, id, data })
        size = fd === undefined ? 0 : this.#read(fd, path)
      }
    } finally {
      if (fd !== undefined) fs.closeSync(fd)
    }
    await this.#call.send(packet, { type: PacketType.data, id })
  }

  #open(path: BytePath): number | undefined {
    const place = `${this.#root}/${path}`
    try {
      return fs.openSync(toFs(place), READ)
    } catch (error) {
      // A socket, which goes as an empty file.
      if ((error as NodeJS.ErrnoException).code === 'ENXIO') return undefined
      throw pathError('open', toText(place), error)
    }
  }

  #read(fd: number, path: BytePath): number {
    try {
      return fs.readSync(fd, this.#piece, 0, PIECE, null)
    } catch (error) {
      throw pathError('read', toText(`${this.#root}/${path}`), error)
    }
  }
}

// Go's os.ModeType: what is no regular file.
const MODE_TYPE = 0x8f280000 | 0
const PIECE = 32 * 1024
// After how many stats the program looks what else there is to do.
const BREATHER = 256
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
// It may be something else by now: a pipe, which would be waited for, or a link to what nobody asked for.
const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK
