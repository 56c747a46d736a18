import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import type { BytePath } from './bytes.ts'
import type { Place } from './root.ts'

/** A file that appears under its name when all of it is there. Everything here throws the system's errors. */
export class NewFile {
  readonly #place: Place
  /** The name it has until it is whole. */
  readonly #name: BytePath
  readonly #fd: number
  #state: 'open' | 'closed' | 'gone' = 'open'

  private constructor(name: BytePath, place: Place) {
    this.#place = place
    this.#name = name
    this.#fd = fs.openSync(place.folder.at(name), NEW, 0o600)
  }

  /** One with a name of its own until it is whole. */
  static beside(place: Place): NewFile {
    return new NewFile(temporaryName(), place)
  }

  /** One whose content comes in one piece: another name would cost as much as the file, and gain nothing. Undefined where the name is taken. */
  static atOnce(place: Place): NewFile | undefined {
    try {
      return new NewFile(place.base, place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
      throw error
    }
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) at += fs.writeSync(this.#fd, chunk, at)
  }

  /** Puts it in its place, replacing anything but a directory. */
  commit(mode: number, times: readonly [accessed: number, modified: number]): void {
    const { folder, base } = this.#place
    fs.fchmodSync(this.#fd, mode)
    fs.futimesSync(this.#fd, ...times)
    this.#close()
    if (this.#name !== base) fs.renameSync(folder.at(this.#name), folder.at(base))
    this.#state = 'gone'
  }

  /** Removes what there is of it; harmless after `commit`. */
  discard(): void {
    if (this.#state === 'gone') return
    this.#close()
    this.#state = 'gone'
    fs.rmSync(this.#place.folder.at(this.#name), { force: true })
  }

  #close(): void {
    if (this.#state !== 'open') return
    this.#state = 'closed'
    fs.closeSync(this.#fd)
  }
}

/** A name beside others that are unpacked, short enough wherever theirs are. */
export function temporaryName(): string {
  return `.tmp-${randomBytes(8).toString('hex')}`
}

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = fs.constants
const NEW = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
