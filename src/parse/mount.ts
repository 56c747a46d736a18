import { parseBytes } from './bytes.ts'
import { parseCsv } from '../go/csv.ts'
import { cut } from './cut.ts'
import { type Int64, parseUnsigned } from '../go/int.ts'
import { quote } from '../go/quote.ts'
import { trimSpace } from './space.ts'
import { toAbsoluteSource } from './volume.ts'

/** A mount as the engine takes it; only what was given is there. */
export interface Mount {
  Type: string
  Source?: string
  Target?: string
  ReadOnly?: boolean
  Consistency?: string
  BindOptions?: {
    Propagation?: string
    NonRecursive?: boolean
    CreateMountpoint?: boolean
    ReadOnlyNonRecursive?: boolean
    ReadOnlyForceRecursive?: boolean
  }
  VolumeOptions?: {
    NoCopy?: boolean
    Labels?: Record<string, string>
    Subpath?: string
    DriverConfig?: { Name?: string; Options?: Record<string, string> }
  }
  ImageOptions?: { Subpath?: string }
  TmpfsOptions?: { SizeBytes?: Int64; Mode?: number }
}

/** Takes `--mount` as comma-separated `key=value` fields; the source is as written, see toAbsoluteMount (docker/cli opts/mount.go). */
export function parseMount(text: string): Mount {
  const trimmed = trimSpace(text)
  if (trimmed === '') throw new Error('value is empty')
  const mount: Mount = { Type: 'volume' }
  for (const field of parseCsv(trimmed)) setField(mount, readField(field))
  checkOptionsFitType(mount)
  checkRecursion(mount)
  return withoutUnset(mount)
}

/** Gives a mount with its source made absolute if it begins with a dot. */
export function toAbsoluteMount(mount: Mount, getwd: () => string): Mount {
  return mount.Source === undefined ? mount : { ...mount, Source: toAbsoluteSource(mount.Source, getwd) }
}

interface Field {
  key: string
  value: string
  hasValue: boolean
  whole: string
}

const switches = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive', 'bind-create-src'])

function readField(whole: string): Field {
  const { before, after: value, found: hasValue } = cut(whole, '=')
  if (before !== trimSpace(before)) {
    throw new Error(`invalid option '${trimSpace(before)}' in '${whole}': option should not have whitespace`)
  }
  if (hasValue && trimSpace(value) === '') throw new Error(`invalid value for '${before}': value is empty`)
  if (value !== trimSpace(value)) {
    throw new Error(`invalid value for '${before}' in '${whole}': value should not have whitespace`)
  }
  const key = before.toLowerCase()
  if (!hasValue && !switches.has(key)) throw new Error(`invalid field '${whole}' must be a key=value pair`)
  return { key, value, hasValue, whole }
}

function setField(mount: Mount, field: Field): void {
  const { key, value } = field
  if (key.startsWith('bind-')) setBindField(mount, field)
  else if (key.startsWith('volume-')) setVolumeField(mount, field)
  else if (key.startsWith('tmpfs-')) setTmpfsField(mount, field)
  else if (key === 'image-subpath') (mount.ImageOptions ??= {}).Subpath = value
  else if (key === 'type') mount.Type = value.toLowerCase()
  else if (key === 'source' || key === 'src') mount.Source = value
  else if (key === 'target' || key === 'dst' || key === 'destination') mount.Target = value
  else if (key === 'readonly' || key === 'ro') mount.ReadOnly = parseSwitch(field)
  else if (key === 'consistency') mount.Consistency = value.toLowerCase()
  else throw unknown(field)
}

function setBindField(mount: Mount, field: Field): void {
  switch (field.key) {
    case 'bind-propagation':
      ;(mount.BindOptions ??= {}).Propagation = field.value.toLowerCase()
      break
    case 'bind-nonrecursive':
      throw new Error('bind-nonrecursive is deprecated, use bind-recursive=disabled instead')
    case 'bind-recursive':
      setRecursion(mount, field.value)
      break
    case 'bind-create-src':
      ;(mount.BindOptions ??= {}).CreateMountpoint = parseSwitch(field)
      break
    default:
      throw unknown(field)
  }
}

function setRecursion(mount: Mount, value: string): void {
  if (value === 'enabled') return
  const options = (mount.BindOptions ??= {})
  if (value === 'disabled') options.NonRecursive = true
  else if (value === 'writable') options.ReadOnlyNonRecursive = true
  else if (value === 'readonly') options.ReadOnlyForceRecursive = true
  else {
    const allowed = 'must be "enabled", "disabled", "writable", or "readonly"'
    throw new Error(`invalid value for bind-recursive: ${value} (${allowed})`)
  }
}

function setVolumeField(mount: Mount, field: Field): void {
  const { key, value } = field
  const options = () => (mount.VolumeOptions ??= {})
  const driver = () => (options().DriverConfig ??= {})
  if (key === 'volume-subpath') options().Subpath = value
  else if (key === 'volume-nocopy') options().NoCopy = parseSwitch(field)
  else if (key === 'volume-label') addPair(options(), 'Labels', value)
  else if (key === 'volume-driver') driver().Name = value
  else if (key === 'volume-opt') addPair(driver(), 'Options', value)
  else throw unknown(field)
}

function setTmpfsField(mount: Mount, field: Field): void {
  const { key, value } = field
  if (key !== 'tmpfs-size' && key !== 'tmpfs-mode') throw unknown(field)
  try {
    if (key === 'tmpfs-size') (mount.TmpfsOptions ??= {}).SizeBytes = parseBytes(value)
    else (mount.TmpfsOptions ??= {}).Mode = Number(parseUnsigned(value, { base: 8, bits: 32 }))
  } catch {
    throw new Error(`invalid value for ${key}: ${value}`)
  }
}

function addPair<K extends string>(owner: { [name in K]?: Record<string, string> }, name: K, text: string): void {
  const { before, after } = cut(text, '=')
  if (before !== '') owner[name] = Object.fromEntries([...Object.entries(owner[name] ?? {}), [before, after]])
}

/** Reads a switch: true without a value, else only these four words, fewer than other booleans allow. */
function parseSwitch({ key, value, hasValue }: Field): boolean {
  if (!hasValue || value === '1' || value === 'true') return true
  if (value === '0' || value === 'false') return false
  const allowed = 'must be one of "true", "1", "false", or "0" (default "true")'
  throw new Error(`invalid value for '${key}': invalid boolean value (${quote(value)}): ${allowed}`)
}

function checkOptionsFitType(mount: Mount): void {
  const kinds = [
    ['bind', mount.BindOptions],
    ['volume', mount.VolumeOptions],
    ['image', mount.ImageOptions],
    ['tmpfs', mount.TmpfsOptions],
  ] as const
  for (const [kind, options] of kinds) {
    if (options && mount.Type !== kind)
      throw new Error(`cannot mix '${kind}-*' options with mount type '${mount.Type}'`)
  }
}

function checkRecursion(mount: Mount): void {
  const requires = (mode: string, option: string) =>
    new Error(`option 'bind-recursive=${mode}' requires '${option}' to be specified in conjunction`)
  const options = mount.BindOptions
  if (options?.ReadOnlyNonRecursive && !mount.ReadOnly) throw requires('writable', 'readonly')
  if (!options?.ReadOnlyForceRecursive) return
  if (!mount.ReadOnly) throw requires('readonly', 'readonly')
  if (options.Propagation !== 'rprivate') throw requires('readonly', 'bind-propagation=rprivate')
}

/** Drops what was set to its zero value, which the engine is not told; option groups stay, empty or not. */
function withoutUnset<T extends object>(group: T): T {
  const entries = Object.entries(group).filter(([, value]) => value !== false && value !== 0 && value !== '')
  const kept = entries.map(([key, value]) => [key, key.endsWith('Options') ? withoutUnset(value as object) : value])
  return Object.fromEntries(kept) as T
}

function unknown({ key, whole }: Field): Error {
  return new Error(`unknown option '${key}' in '${whole}'`)
}
