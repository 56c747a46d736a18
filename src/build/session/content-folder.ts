import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pathError } from '../../errors/os-error.ts'
import { GrpcError } from '../grpc/status.ts'

/** Content that is being written. */
export interface NewContent {
  readonly size: number
  write(data: Uint8Array, offset: number): void
  /** Puts it in its place and gives its digest; throws where that or the size is another than said. */
  commit(expected: string, total: number): string
  /** Removes what is not committed. */
  discard(): void
}

/** A folder of content by digest, as an OCI image layout has it: `blobs/sha256/...` (containerd plugins/content/local). */
export class ContentFolder {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  has(digest: string): boolean {
    return fs.existsSync(this.place(digest))
  }

  sizeOf(digest: string): number {
    const stats = fs.statSync(this.place(digest), { throwIfNoEntry: false })
    if (stats === undefined) throw notFound(digest)
    return stats.size
  }

  /** The bytes from `offset` on, all that there are unless `size` says how many. */
  *read(digest: string, offset: number, size: number): Generator<{ offset: number; data: Uint8Array }> {
    const end = size > 0 ? Math.min(offset + size, this.sizeOf(digest)) : this.sizeOf(digest)
    const fd = fs.openSync(this.place(digest), 'r')
    try {
      for (let at = offset; at < end;) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE, end - at))
        const count = fs.readSync(fd, piece, 0, piece.length, at)
        if (count === 0) return
        yield { offset: at, data: piece.subarray(0, count) }
        at += count
      }
    } finally {
      fs.closeSync(fd)
    }
  }

  create(): NewContent {
    const ingest = path.join(this.folder, 'ingest')
    const file = path.join(ingest, randomBytes(16).toString('hex'))
    const fd = open(ingest, file)
    const hash = createHash('sha256')
    let size = 0
    let isOpen = true
    const close = (): void => {
      if (isOpen) fs.closeSync(fd)
      isOpen = false
    }
    return {
      get size() {
        return size
      },
      write(data, offset) {
        if (offset !== size) throw new GrpcError('OutOfRange', `write at ${offset}, where ${size} is next`)
        for (let at = 0; at < data.length;) at += fs.writeSync(fd, data, at)
        hash.update(data)
        size += data.length
      },
      commit: (expected, total) => {
        close()
        const digest = `sha256:${hash.digest('hex')}`
        if (total > 0 && size !== total) throw failed(`unexpected commit size ${size}, expected ${total}`)
        if (expected !== '' && digest !== expected)
          throw failed(`unexpected commit digest ${digest}, expected ${expected}`)
        const place = this.place(digest)
        fs.mkdirSync(path.dirname(place), { recursive: true })
        fs.renameSync(file, place)
        fs.chmodSync(place, 0o444)
        return digest
      },
      discard() {
        close()
        fs.rmSync(file, { force: true })
      },
    }
  }

  private place(digest: string): string {
    const [, algorithm, hex] = /^(sha256|sha384|sha512):([\da-f]+)$/.exec(digest) ?? []
    if (algorithm === undefined || hex === undefined) throw new GrpcError('InvalidArgument', `invalid digest ${digest}`)
    return path.join(this.folder, 'blobs', algorithm, hex)
  }
}

const PIECE = 1024 * 1024

function open(folder: string, file: string): number {
  try {
    fs.mkdirSync(folder, { recursive: true })
    return fs.openSync(file, 'wx')
  } catch (error) {
    throw pathError('open', file, error)
  }
}

function notFound(digest: string): GrpcError {
  return new GrpcError('NotFound', `content ${digest}: not found`)
}

function failed(message: string): GrpcError {
  return new GrpcError('FailedPrecondition', message)
}
