import { GrpcError } from '../grpc/status.ts'
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
 * Where an exporter's result goes: a folder, or a file that is opened once it comes, given what the exporter says of it; undefined
 * stands for one that is there already.
 */
export type Destination =
  | { readonly folder: string }
  | {
      readonly open: (
        about: Readonly<Record<string, string>>,
      ) => ResultFile | undefined | Promise<ResultFile | undefined>
    }

/** Takes results from the daemon, each to the destination with its exporter's number in the request (BuildKit session/filesync SyncTarget). */
export function receiveResults(destinations: ReadonlyMap<number, Destination>): Served {
  return serves(fileSend, {
    diffCopy: async (call) => {
      // Daemons before exporters had numbers know of one only.
      const number = Number.parseInt(metadataValues(call.metadata, 'buildkit-attachable-exporter-id')[0] ?? '0', 10)
      const destination = destinations.get(number || 0)
      if (destination === undefined) throw new Error(`exporter ${number} not found`)
      if ('folder' in destination) await receiveFolder(call, destination.folder)
      else await receiveFile(call, await destination.open(aboutOf(call)))
    },
  })
}

function aboutOf({ metadata }: ServedStream): Record<string, string> {
  const names = [...metadata.keys()].filter((name) => name.startsWith(PREFIX))
  return Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), metadataValues(metadata, name).join(',')]))
}

async function receiveFile(call: ServedStream, file: ResultFile | undefined): Promise<void> {
  if (file === undefined) throw new GrpcError('AlreadyExists', 'target already exists')
  try {
    for await (const { data } of call.read(bytesMessage)) await file.write(data)
  } catch (error) {
    file.discard()
    throw error
  }
  await file.commit()
}

const PREFIX = 'exporter-md-'
