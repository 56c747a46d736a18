import { serves, type Served, type ServedStream } from '../grpc/server.ts'
import { bytesMessage, fileSend } from '../proto/filesync.ts'
import { metadataValues } from './metadata.ts'
import { receiveFolder } from './receive-folder.ts'

/** A file that a result goes to; one of `commit` and `discard` is called last. */
export interface ResultFile {
  write(chunk: Uint8Array): void | Promise<void>
  commit(): void | Promise<void>
  discard(): void
}

/**
 * Where an exporter's result goes: a folder, with `mirror` without anything else that is in it; or a file that is opened once it
 * comes.
 */
export type Destination = { readonly folder: string; readonly mirror?: boolean } | { readonly open: () => ResultFile }

/** Takes results from the daemon, each to the destination with its exporter's number in the request (BuildKit session/filesync SyncTarget). */
export function receiveResults(destinations: ReadonlyMap<number, Destination>): Served {
  return serves(fileSend, {
    diffCopy: async (call) => {
      // Daemons before exporters had numbers know of one only.
      const number = Number.parseInt(metadataValues(call.metadata, 'buildkit-attachable-exporter-id')[0] ?? '0', 10)
      const destination = destinations.get(number || 0)
      if (destination === undefined) throw new Error(`exporter ${number} not found`)
      if ('folder' in destination) {
        if (destination.mirror === true) checkMirror(call)
        await receiveFolder(call, destination.folder, destination)
      } else await receiveFile(call, destination.open())
    },
  })
}

/** Daemons that send the platforms of a build one by one would have each remove what the others left. */
function checkMirror({ metadata }: ServedStream): void {
  if (metadataValues(metadata, 'buildkit-exporter-multi-platform').includes('1')) return
  throw new Error('local exporter mode=delete requires a BuildKit daemon with multi-platform local export support')
}

async function receiveFile(call: ServedStream, file: ResultFile): Promise<void> {
  try {
    for await (const { data } of call.read(bytesMessage)) await file.write(data)
  } catch (error) {
    file.discard()
    throw error
  }
  await file.commit()
}
