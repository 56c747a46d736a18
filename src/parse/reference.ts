import { parseDigest } from './digest.ts'

/** An image reference in full: `docker.io/library/busybox` with the tag and digest that were given. */
export interface Reference {
  domain: string
  path: string
  tag?: string
  digest?: string
}

const host = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const domain = `(?:${host}(?:\\.${host})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const component = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*'
const remote = `${component}(?:/${component})*`
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}'
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const whole = new RegExp(`^((?:${domain}/)?${remote})(?::(${tag}))?(?:@(${digest}))?$`)
const nameOnly = new RegExp(`^(?:(${domain})/)?(${remote})$`)
const identifier = /^[a-f0-9]{64}$/
const longestPath = 255

/** Takes a familiar image name and gives the full reference (distribution/reference ParseNormalizedNamed). */
export function parseReference(text: string): Reference {
  if (identifier.test(text)) {
    throw new Error(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`)
  }
  const { name, remainder } = splitDomain(text)
  const path = remainder.split(':', 1)[0] ?? ''
  if (path !== path.toLowerCase()) {
    throw new Error(`invalid reference format: repository name (${path}) must be lowercase`)
  }
  return parseFull(`${name}/${remainder}`)
}

/** As parseReference, but an image ID or a bare digest gives that digest instead (distribution/reference ParseAnyReference). */
export function parseAnyReference(text: string): Reference | { digest: string } {
  if (identifier.test(text)) return { digest: `sha256:${text}` }
  try {
    return { digest: parseDigest(text) }
  } catch {
    return parseReference(text)
  }
}

/** Adds the tag `latest` to a reference that has neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  return isNameOnly(reference) ? { ...reference, tag: 'latest' } : reference
}

/** Tells whether a reference has neither tag nor digest. */
export function isNameOnly(reference: Reference): boolean {
  return reference.tag === undefined && reference.digest === undefined
}

/** Gives the reference another tag; throws `invalid tag format`. */
export function withTag(reference: Reference, text: string): Reference {
  if (!new RegExp(`^${tag}$`).test(text)) throw new Error('invalid tag format')
  return { ...reference, tag: text }
}

/** Gives the full text, `docker.io/library/busybox:latest`. */
export function formatReference(reference: Reference): string {
  return suffixed(fullName(reference), reference)
}

/** Gives the familiar short form, `busybox:latest`. */
export function familiarString(reference: Reference): string {
  return suffixed(familiarName(reference), reference)
}

/** Gives domain and path, `docker.io/library/busybox`. */
export function fullName({ domain: name, path }: Reference): string {
  return name === '' ? path : `${name}/${path}`
}

/** Gives the short name, `busybox` or `user/app` for images of Docker Hub. */
export function familiarName(reference: Reference): string {
  if (reference.domain !== 'docker.io') return fullName(reference)
  return /^library\/[^/]*$/.test(reference.path) ? reference.path.slice('library/'.length) : reference.path
}

function suffixed(name: string, { tag: label, digest: sum }: Reference): string {
  return `${name}${label === undefined ? '' : `:${label}`}${sum === undefined ? '' : `@${sum}`}`
}

function parseFull(text: string): Reference {
  const match = whole.exec(text)
  if (!match) {
    throw new Error(whole.test(text.toLowerCase()) ? 'repository name must be lowercase' : 'invalid reference format')
  }
  const [, name = '', label, sum] = match
  const [, domainName = '', path = name] = nameOnly.exec(name) ?? []
  if (path.length > longestPath) throw new Error(`repository name must not be more than ${longestPath} characters`)
  return {
    domain: domainName,
    path,
    ...(label === undefined ? {} : { tag: label }),
    ...(sum === undefined ? {} : { digest: parseDigest(sum) }),
  }
}

/** Splits off the registry; what has none, or a first part that cannot be one, is on Docker Hub. */
function splitDomain(text: string): { name: string; remainder: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  const name = !isDomain || first === 'index.docker.io' ? 'docker.io' : first
  const remainder = isDomain ? text.slice(slash + 1) : text
  return { name, remainder: name === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder }
}
