import { bigint64, byteString, bytes, int64, map, uint32 } from './field.ts'
import { embedded, message, type Full, type Init } from './message.ts'
import { service, stream } from './service.ts'

// BuildKit's session/filesync/filesync.proto and fsutil's types.

/** A file without its content: mode as Go's os.FileMode has it, times in nanoseconds. */
export const stat = message({
  path: byteString(1),
  mode: uint32(2),
  uid: uint32(3),
  gid: uint32(4),
  size: int64(5),
  modTime: bigint64(6),
  linkname: byteString(7),
  devmajor: int64(8),
  devminor: int64(9),
  xattrs: map(10, bytes),
})

/** What goes between the sender of a tree of files and its receiver; `id` counts the stats from 0. */
export const packet = message({ type: uint32(1), stat: embedded(2, stat), id: uint32(3), data: bytes(4) })

/** What a packet is. */
export const PacketType = { stat: 0, request: 1, data: 2, fin: 3, error: 4 } as const

export const bytesMessage = message({ data: bytes(1) })

/** Files from here to the daemon, in packets. */
export const fileSync = service('moby.filesync.v1.FileSync', { diffCopy: stream('DiffCopy') })

/** Files from the daemon to here: a folder's in packets, one file in `bytesMessage`s. */
export const fileSend = service('moby.filesync.v1.FileSend', { diffCopy: stream('DiffCopy') })

export type Stat = Full<typeof stat>
export type StatInit = Init<typeof stat>
export type Packet = Full<typeof packet>
