import type { Type } from '../src/go/types.ts'
import { jsonFields } from '../src/go/fields.ts'

/** A JSON value of a wire type in which nothing is empty: every field is there, every list and map has one entry. */
export function sample(type: Type): unknown {
  if (type.text !== undefined) return TEXTS[type.name] ?? 'text'
  switch (type.kind) {
    case 'struct':
      return Object.fromEntries(
        jsonFields(type).map(({ name, path }) => [name, sample((path.at(-1) as { type: Type }).type)]),
      )
    case 'ptr':
      return sample(type.elem as Type)
    case 'slice':
      return type.elem?.kind === 'uint8' ? 'eA==' : [sample(type.elem as Type)]
    case 'array':
      return Array.from({ length: type.length ?? 0 }, () => sample(type.elem as Type))
    case 'map':
      return { [String(sample(type.key as Type))]: sample(type.elem as Type) }
    case 'string':
      return TEXTS[type.name] ?? 'text'
    case 'bool':
      return true
    case 'interface':
      return { any: ['thing'] }
    default:
      return 3
  }
}

const TEXTS: Readonly<Record<string, string>> = {
  'time.Time': '2024-01-02T03:04:05Z',
  'netip.Addr': '10.0.0.1',
  'netip.Prefix': '10.0.0.0/24',
  'network.Port': '80/tcp',
  'digest.Digest': `sha256:${'ab'.repeat(32)}`,
  'plugin.CapabilityID': 'docker.volumedriver/1.0',
}

export interface Mutation {
  /** `[0].Ports: null` */
  readonly name: string
  readonly value: unknown
}

/** The values that come of `value` by changing one place in it; of many places, about `most`, spread over the whole. */
export function* mutations(value: unknown, changes: readonly Change[], most = 30): Generator<Mutation> {
  const paths = [...pathsOf(value)]
  const step = Math.max(1, Math.ceil(paths.length / most))
  for (const path of paths.filter((_, i) => i % step === 0)) {
    for (const [name, change] of changes) {
      const copy: unknown = structuredClone(value)
      if (replace(copy, path, change)) yield { name: `${path.join('.')} ${name}`, value: copy }
      else if (path.length === 0) yield { name: `all ${name}`, value: change(value) }
    }
  }
}

/** Gives what stands in a place instead; undefined takes the place away. */
export type Change = readonly [name: string, (before: unknown) => unknown]

/** What Go takes: nothing, in two forms. */
export const gaps: readonly Change[] = [
  ['null', () => null],
  ['missing', () => undefined],
]

/** What Go refuses in most places. */
export const wrongs: readonly Change[] = [
  ['scalar', (before) => (typeof before === 'string' ? 5 : 'text')],
  ['list', (before) => (Array.isArray(before) ? true : [[{}]])],
  ['object', (before) => (typeof before === 'object' && !Array.isArray(before) ? -1.5 : { x: { y: [null] } })],
]

type Path = readonly (string | number)[]

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    yield* pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key])
  }
}

function replace(whole: unknown, path: Path, change: Change[1]): boolean {
  if (path.length === 0) return false
  let at = whole as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) at = at[step] as typeof at
  const last = path.at(-1) as string | number
  const after = change(at[last])
  if (after !== undefined) at[last] = after
  else if (Array.isArray(at)) at.splice(Number(last), 1)
  else delete at[last]
  return true
}
