import { posix } from 'node:path'
import { GrpcError } from '../grpc/status.ts'
import { serves, type Served } from '../grpc/server.ts'
import { bytesMessage } from '../proto/filesync.ts'
import { upload } from '../proto/session.ts'
import { metadataValues } from './metadata.ts'

/**
 * Gives the daemon streams of ours that it fetches as `http://buildkit-session/ID`, each once: a context on stdin (BuildKit
 * session/upload/uploadprovider).
 */
export function serveUploads(streams: ReadonlyMap<string, AsyncIterable<Uint8Array>>): Served {
  const left = new Map(streams)
  return serves(upload, {
    pull: async (call) => {
      const [path = ''] = metadataValues(call.metadata, 'urlpath')
      const id = posix.basename(path)
      const stream = left.get(id)
      if (stream === undefined) throw new GrpcError('Unknown', `no http response from session for ${id}`)
      left.delete(id)
      for await (const chunk of stream) {
        for (let at = 0; at < chunk.length; at += PIECE) {
          await call.send(bytesMessage, { data: chunk.subarray(at, at + PIECE) })
        }
      }
    },
  })
}

// The daemon takes no message beyond 4 MiB.
const PIECE = 1024 * 1024
