import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { extract } from 'tar-stream'

export interface Entry {
  name: string
  type?: string | null | undefined
  mode?: number | undefined
  uid?: number | undefined
  gid?: number | undefined
  size?: number | undefined
  mtime?: Date | undefined
  linkname?: string | null | undefined
  content: string
}

/** An archive's entries in order, as another reader than ours sees them, their content as text. */
export async function readTar(archive: Uint8Array): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of Readable.from([Buffer.from(archive)]).pipe(extract())) {
    entries.push({ ...entry.header, content: (await buffer(entry)).toString() })
  }
  return entries
}
