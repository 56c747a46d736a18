import { GrpcError } from '../grpc/status.ts'
import { type ServedCall, type ServedStream, serves, type Served } from '../grpc/server.ts'
import { content, readRequest, readResponse, WriteAction, writeRequest, writeResponse } from '../proto/content.ts'
import { metadataValues } from './metadata.ts'
import type { ContentFolder, NewContent } from './content-folder.ts'

/**
 * Serves folders of content by the names that the build gives them (`local:PATH` for caches, `oci:NAME` for images), to read from and
 * to write to (BuildKit session/content).
 */
export function serveContent(folders: ReadonlyMap<string, ContentFolder>): Served {
  const folderOf = ({ metadata }: ServedCall): ContentFolder => {
    const [name = ''] = metadataValues(metadata, 'buildkit-attachable-store-id')
    const folder = folders.get(name)
    if (folder === undefined) throw new GrpcError('NotFound', `unknown store ${name}`)
    return folder
  }
  return serves(content, {
    info: ({ digest }, call) => ({ info: { digest, size: folderOf(call).sizeOf(digest) } }),
    read: (call) => read(folderOf(call), call),
    write: (call) => write(folderOf(call), call),
  })
}

async function read(folder: ContentFolder, call: ServedStream): Promise<void> {
  for await (const { digest, offset, size } of call.read(readRequest)) {
    for (const piece of folder.read(digest, offset, size)) {
      await call.send(readResponse, { offset: piece.offset, data: piece.data })
    }
    return
  }
}

async function write(folder: ContentFolder, call: ServedStream): Promise<void> {
  let open: NewContent | undefined
  let total = 0
  let expected = ''
  try {
    for await (const request of call.read(writeRequest)) {
      total = request.total || total
      expected = request.expected || expected
      if (open === undefined && expected !== '' && folder.has(expected)) {
        throw new GrpcError('AlreadyExists', `content ${expected}: already exists`)
      }
      open ??= folder.create()
      if (request.action !== WriteAction.stat && request.data.length > 0) open.write(request.data, request.offset)
      const digest = request.action === WriteAction.commit ? open.commit(expected, total) : ''
      await call.send(writeResponse, { action: request.action, offset: open.size, total, digest })
      if (request.action === WriteAction.commit) return
    }
  } finally {
    open?.discard()
  }
}
