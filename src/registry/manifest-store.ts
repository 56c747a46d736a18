import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, wrap } from '../errors/cli-error.ts'
import { pathError } from '../errors/os-error.ts'
import { openAtomicFile } from '../streams/atomic-file.ts'
import { type ImageManifest, manifestJson, parseStoredManifest } from './image-manifest.ts'

/** Manifest lists in the making, in the configuration folder (docker/cli cli/manifest/store). */
export class ManifestStore {
  private readonly root: string

  constructor(configDir: string) {
    this.root = join(configDir, 'manifests')
  }

  /** One image of a list; throws with code `manifest/not-found` where there is none. */
  get(list: string, image: string): ImageManifest {
    return read(join(this.folder(list), fileName(image)), image)
  }

  /** Every image of a list, by file name; throws with code `manifest/not-found` where there is no such list. */
  getList(list: string): ImageManifest[] {
    let files: string[]
    try {
      files = readdirSync(this.folder(list)).toSorted()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound(list)
      throw pathError('open', this.folder(list), error)
    }
    return files.map((file) => read(join(this.folder(list), file), list))
  }

  save(list: string, image: string, manifest: ImageManifest): void {
    mkdirSync(this.folder(list), { recursive: true, mode: 0o755 })
    const file = openAtomicFile(join(this.folder(list), fileName(image)), '/', 0o644)
    try {
      file.write(Buffer.from(manifestJson(manifest)))
      file.commit()
    } finally {
      file.discard()
    }
  }

  remove(list: string): void {
    rmSync(this.folder(list), { recursive: true, force: true })
  }

  private folder(list: string): string {
    return join(this.root, fileName(list))
  }
}

function read(path: string, name: string): ImageManifest {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound(name)
    throw pathError('open', path, error)
  }
  try {
    return parseStoredManifest(text)
  } catch (error) {
    throw wrap(error, `invalid manifest file ${path}`)
  }
}

function notFound(name: string): CliError {
  return new CliError(`No such manifest: ${name}`, { code: 'manifest/not-found' })
}

function fileName(reference: string): string {
  return reference.replaceAll(':', '-').replaceAll('/', '_')
}
