import { posix } from 'node:path'

/** What `-v` names: a path or a volume to mount at a target; an anonymous volume has no source. */
export interface VolumeSpec {
  type: 'bind' | 'volume'
  source: string
  target: string
  readOnly: boolean
  noCopy: boolean
  propagation: string
}

const propagations = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'])

/** Takes `-v [source:]target[:options]`; a single letter before a colon is a Windows drive; unknown options are the engine's business (docker/cli internal/volumespec). */
export function parseVolume(text: string): VolumeSpec {
  const spec: VolumeSpec = { type: 'volume', source: '', target: '', readOnly: false, noCopy: false, propagation: '' }
  if (text === '') throw new Error('invalid empty volume spec')
  if (Buffer.byteLength(text) <= 2) return { ...spec, target: text }
  for (const [section, isLast] of sectionsOf(text)) {
    const fault = addSection(spec, section, isLast)
    if (fault) throw new Error(`invalid spec: ${text}: ${fault}`)
  }
  if (spec.source !== '' && isPath(spec.source)) spec.type = 'bind'
  return spec
}

/** Gives a `-v` with its source made absolute if it is a path that begins with a dot (docker/cli container/opts.go). */
export function toAbsoluteBind(text: string, getwd: () => string): string {
  const colon = text.indexOf(':')
  if (colon < 0) return text
  return toAbsoluteSource(text.slice(0, colon), getwd) + text.slice(colon)
}

/** Gives a source as absolute if it begins with a dot, and as it is where the working folder has no path (docker/cli opts/mount.go). */
export function toAbsoluteSource(source: string, getwd: () => string): string {
  if (!source.startsWith('.')) return source
  try {
    return posix.resolve(getwd(), source)
  } catch {
    return source
  }
}

function* sectionsOf(text: string): Generator<[section: string, isLast: boolean]> {
  let section = ''
  for (const char of text) {
    if (char !== ':' || /^\p{L}$/u.test(section)) section += char
    else {
      yield [section, false]
      section = ''
    }
  }
  yield [section, true]
}

function addSection(spec: VolumeSpec, section: string, isLast: boolean): string | undefined {
  if (section === '') return 'empty section between colons'
  if (spec.source === '' && !isLast) spec.source = section
  else if (spec.target === '') spec.target = section
  else if (!isLast) return 'too many colons'
  else addOptions(spec, section.split(','))
  return undefined
}

function addOptions(spec: VolumeSpec, options: string[]): void {
  for (const option of options) {
    if (option === 'ro') spec.readOnly = true
    else if (option === 'rw') spec.readOnly = false
    else if (option === 'nocopy') spec.noCopy = true
    else if (propagations.has(option)) spec.propagation = option
  }
}

function isPath(source: string): boolean {
  if (/^[./~]|^\\\\/.test(source)) return true
  return /^\p{L}:/u.test(source)
}
