import fs from 'node:fs'
import { wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'

/** The file of `--cidfile`, made before the container and gone again unless a container came of it. */
export interface CidFile {
  write(id: string): void
  close(): void
}

/** Makes the file that the ID goes to; throws where there is one already. Without a name there is no file (docker/cli container/create.go). */
export function openCidFile(name: string, cwd: string): CidFile {
  if (name === '') return { write: () => undefined, close: () => undefined }
  const file = fromFolder(cwd, name)
  if (fs.existsSync(file)) {
    const advice = `make sure the other container isn't running or delete ${name}`
    throw new Error(`container ID file found, ${advice}`)
  }
  const fd = create(name, file)
  let isWritten = false
  return {
    write(id) {
      try {
        fs.writeSync(fd, id)
      } catch (error) {
        throw wrap(pathError('write', name, error), `failed to write the container ID (${id}) to file`)
      }
      isWritten = true
    },
    close() {
      fs.closeSync(fd)
      if (!isWritten) fs.rmSync(file, { force: true })
    },
  }
}

function create(name: string, file: string): number {
  try {
    return fs.openSync(file, 'w')
  } catch (error) {
    throw wrap(pathError('open', name, error), 'failed to create the container ID file')
  }
}
