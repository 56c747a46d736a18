import { wrap } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { cut } from '../../parse/cut.ts'
import { formatPlatform, parsePlatform } from '../../parse/platform.ts'

/** One `--annotation`. */
export interface Annotation {
  /** The exporter's name of it: `annotation-index.KEY`, `annotation-manifest[linux/amd64].KEY`. */
  readonly attribute: string
  /** Whether it is about the index of several manifests. */
  readonly isOfIndex: boolean
  readonly value: string
}

type Host = Parameters<typeof parsePlatform>[1]

/** Takes `--annotation`, `[TYPE[PLATFORM],...:]KEY=VALUE` (buildx buildflags ParseAnnotations). */
export function parseAnnotations(texts: readonly string[], host: Host): Annotation[] {
  try {
    return texts.filter((text) => text !== '').flatMap((text) => parseAnnotation(text, host))
  } catch (error) {
    throw wrap(error, 'parse annotations')
  }
}

function parseAnnotation(text: string, host: Host): Annotation[] {
  const { before: whole, after: value, found } = cut(text, '=')
  if (!found) throw new Error(`invalid annotation ${quote(text)}, expected key=value`)
  const { before: types, after: key, found: isTyped } = cut(whole, ':')
  if (!isTyped) return [{ attribute: `annotation.${whole}`, isOfIndex: false, value }]
  return types.split(',').map((one) => {
    const { type, platform } = parseType(one, host)
    return { attribute: `annotation-${type}${platform}.${key}`, isOfIndex: type.startsWith('index'), value }
  })
}

function parseType(text: string, host: Host): { type: string; platform: string } {
  const match = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(text)
  if (match === null) {
    throw new Error(`invalid annotation type ${quote(text)}, expected type and optional platform in square brackets`)
  }
  const [, type = '', platform] = match
  if (!TYPES.includes(type)) throw new Error(`unknown annotation type ${quote(type)}`)
  const read = platform === undefined ? '' : `[${readPlatform(platform, host)}]`
  // An index has no platform of its own; one that is named must be one all the same.
  return { type, platform: type.startsWith('manifest') ? read : '' }
}

function readPlatform(text: string, host: Host): string {
  try {
    return formatPlatform(parsePlatform(text, host))
  } catch (error) {
    throw wrap(error, `invalid platform ${quote(text)}`)
  }
}

const TYPES = ['index', 'index-descriptor', 'manifest', 'manifest-descriptor']
