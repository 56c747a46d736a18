import { wrap } from '../../errors/cli-error.ts'
import { fromFolder } from '../../go/path.ts'
import { quote } from '../../go/quote.ts'
import { ContentFolder } from '../session/content-folder.ts'
import { findTag, onlyManifest } from './layout-index.ts'

const PREFIX = 'oci-layout://'

/**
 * Opens a named context that is an image in a folder, `oci-layout://FOLDER[:TAG][@DIGEST]`: gives how the frontend is told of it, and
 * what the session serves it by. Throws where the image is not there (buildx util/ocilayout, build/opt.go resolveDigest).
 */
export function openLayoutContext(
  text: string,
  { cwd, newId }: { cwd: string; newId: () => string },
): { ref: string; content: [string, ContentFolder] } {
  const { place, tag, digest } = parse(text)
  const folder = fromFolder(cwd, place)
  const found = digest === '' ? find(folder, tag || 'latest', text) : digest
  const id = newId()
  const label = tag === '' && digest !== '' ? '' : `:${tag || 'latest'}`
  return { ref: `${PREFIX}${id}${label}@${found}`, content: [`oci:${id}`, new ContentFolder(folder)] }
}

function parse(text: string): { place: string; tag: string; digest: string } {
  const [, rest = '', digest = ''] = /^(.*?)(?:@([a-z0-9]+:[\da-f]{32,}))?$/.exec(text.slice(PREFIX.length)) ?? []
  const [, place = '', tag = ''] = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?$/.exec(rest) ?? []
  return { place, tag, digest }
}

function find(folder: string, tag: string, text: string): string {
  try {
    const found = findTag(folder, tag) ?? onlyManifest(folder)
    if (found !== undefined) return found.digest
  } catch (error) {
    throw wrap(error, `oci-layout reference ${quote(text)} could not be resolved`)
  }
  throw new Error(`oci-layout reference ${quote(text)} could not be resolved: failed to resolve digest`)
}
