import fs from 'node:fs'
import { messageOf } from '../../errors/cli-error.ts'
import { osReason, pathError } from '../../errors/os-error.ts'
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
        const reason = `write ${name}: ${osReason(error)}`
        throw new Error(`failed to write the container ID (${id}) to file: ${reason}`, { cause: error })
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
    const reason = messageOf(pathError('open', name, error))
    throw new Error(`failed to create the container ID file: ${reason}`, { cause: error })
  }
}
