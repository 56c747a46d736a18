import fs from 'node:fs'
import { fromFolder } from '../../go/path.ts'
import { parseReference } from '../../parse/reference.ts'
import { ContentFolder } from '../session/content-folder.ts'
import type { Exporter } from './exporters.ts'
import { type Descriptor, putManifest } from './layout-index.ts'
import type { ExporterResponse } from './metadata.ts'

/** Folders that images are written to as OCI layouts, and what the session serves for them. */
export interface ImageLayouts {
  readonly content: ReadonlyMap<string, ContentFolder>
  /** Names the image that was written; told what the exporters say. */
  readonly finish: (response: ExporterResponse) => void
}

/** Opens the folders of exporters that write image layouts (buildkit client/solve.go, `OutputStore`). */
export function openImageLayouts(exporters: readonly Exporter[], cwd: string): ImageLayouts {
  const folders = exporters.flatMap(({ type, folder }) =>
    folder !== undefined && type !== 'local' ? [fromFolder(cwd, folder)] : [],
  )
  if (folders.length > 1) throw new Error('oci store key "export" already exists')
  const [folder] = folders
  if (folder === undefined) return { content: new Map(), finish: () => undefined }
  fs.mkdirSync(folder, { recursive: true })
  return {
    content: new Map([['export', new ContentFolder(folder)]]),
    finish: ({ 'containerimage.descriptor': coded = '', 'image.name': names = '' }) => {
      if (coded === '') return
      const descriptor = JSON.parse(Buffer.from(coded, 'base64').toString()) as Descriptor
      const images = names.split(',').filter((name) => name !== '')
      if (images.length === 0) putManifest(folder, descriptor, { tag: 'latest' })
      for (const image of images) putManifest(folder, descriptor, { tag: parseReference(image).tag ?? image, image })
    },
  }
}
