import { dictionary } from '../go/dictionary.ts'
import { quote } from '../go/quote.ts'
import { isMap, print, type YamlMap, type YamlScalar, type YamlValue } from './values.ts'
import { resolveScalar, resolveTagged } from './yaml-scalar.ts'

/** A node of a YAML document: `tag` is in its short form, `line` counts from 1. */
export type YamlNode = { line: number; tag?: string } & (
  | { kind: 'scalar'; text: string; isPlain: boolean }
  | { kind: 'list'; items: YamlNode[] }
  | { kind: 'map'; items: [YamlNode, YamlNode][] }
  | { kind: 'alias'; name: string; target: YamlNode }
)

type MapNode = Extract<YamlNode, { kind: 'map' }>

/** Gives what a document means, merge keys resolved; throws for keys that stand twice, all of them at once (go-yaml v3 decode.go). */
export function decodeYaml(node: YamlNode): YamlValue {
  const decoder = new Decoder()
  try {
    const value = decoder.decode(node)
    if (decoder.faults.length === 0) return value
  } catch (error) {
    throw new Error(`yaml: ${(error as Error).message}`, { cause: error })
  }
  throw new Error(`yaml: unmarshal errors:\n${decoder.faults.map((fault) => `  ${fault}`).join('\n')}`)
}

class Decoder {
  readonly faults: string[] = []
  readonly #open = new Set<YamlNode>()
  #count = 0
  #aliased = 0

  decode(node: YamlNode): YamlValue {
    this.#count++
    if (this.#open.size > 0) this.#aliased++
    this.#limitAliases()
    if (node.kind === 'alias') return this.#follow(node, () => this.decode(node.target))
    if (node.kind === 'scalar') return scalarOf(node)
    if (node.kind === 'list') return node.items.map((item) => this.decode(item))
    return this.#map(node)
  }

  #map(node: MapNode): YamlValue {
    if (this.#hasDuplicates(node)) return null
    const entries: Entries = node.items.every(([key]) => ['!!str', '!!merge'].includes(tagOf(key)))
      ? dictionary<YamlValue>()
      : new Map<YamlValue, YamlValue>()
    this.#fill(entries, node)
    return entries
  }

  /** Adds what is not there yet: the mapping's own keys first, then those merged into it, of which the first counts. */
  #fill(entries: Entries, node: MapNode): void {
    for (const [keyNode, valueNode] of node.items) {
      if (isMerge(keyNode)) continue
      const key = this.decode(keyNode)
      if (Array.isArray(key) || isMap(key) || key instanceof Map) throw new Error(`invalid map key: ${goSyntax(key)}`)
      const name = isMap(entries) && keyNode.kind === 'scalar' ? keyNode.text : key
      if (!has(entries, name)) put(entries, name, this.decode(valueNode))
    }
    const merged = node.items.findLast(([key]) => isMerge(key))?.[1]
    if (merged) this.#merge(entries, merged)
  }

  #merge(entries: Entries, source: YamlNode): void {
    const sources = source.kind === 'list' ? source.items : [source]
    for (const item of sources) {
      const map = item.kind === 'alias' ? item.target : item
      if (map.kind !== 'map') throw new Error('map merge requires map or sequence of maps as the value')
      const add = () => void (this.#hasDuplicates(map) || this.#fill(entries, map))
      if (item.kind === 'alias') this.#follow(item, add)
      else add()
    }
  }

  #follow<T>(alias: Extract<YamlNode, { kind: 'alias' }>, action: () => T): T {
    if (this.#open.has(alias)) throw new Error(`anchor '${alias.name}' value contains itself`)
    this.#open.add(alias)
    const result = action()
    this.#open.delete(alias)
    return result
  }

  #hasDuplicates({ items }: MapNode): boolean {
    const before = this.faults.length
    const alike = new Map<string, YamlNode[]>()
    for (const [key] of items) {
      const same = alike.get(identityOf(key))
      if (same === undefined) alike.set(identityOf(key), [key])
      else same.push(key)
    }
    if (alike.size === items.length) return false
    for (const [first] of items) {
      const [, ...later] = alike.get(identityOf(first))!
      alike.set(identityOf(first), later)
      for (const { line } of later) {
        this.faults.push(`line ${line}: mapping key ${quote(valueOf(first))} already defined at line ${first.line}`)
      }
    }
    return this.faults.length > before
  }

  /** A few aliases of aliases can stand for millions of values. */
  #limitAliases(): void {
    if (this.#aliased <= 100 || this.#count <= 1000) return
    const range = Math.min(Math.max((this.#count - 400_000) / 3_600_000, 0), 1)
    if (this.#aliased / this.#count > 0.99 - 0.89 * range) throw new Error('document contains excessive aliasing')
  }
}

type Entries = YamlMap | Map<YamlValue, YamlValue>

function has(entries: Entries, key: YamlValue): boolean {
  return entries instanceof Map ? entries.has(key) : print(key) in entries
}

function put(entries: Entries, key: YamlValue, value: YamlValue): void {
  if (entries instanceof Map) entries.set(key, value)
  else entries[print(key)] = value
}

function valueOf(node: YamlNode): string {
  if (node.kind === 'scalar') return node.text
  return node.kind === 'alias' ? node.name : ''
}

/** What two keys have in common that stand for the same. */
function identityOf(key: YamlNode): string {
  return `${key.kind} ${valueOf(key)}`
}

function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.text === '<<' && tagOf(key) === '!!merge'
}

function tagOf(node: YamlNode): string {
  if (node.kind === 'alias') return tagOf(node.target)
  if (node.tag !== undefined && node.tag !== '!') return node.tag
  if (node.kind !== 'scalar') return `!!${node.kind}`
  if (!node.isPlain) return '!!str'
  return node.text === '<<' ? '!!merge' : resolveScalar(node.text)[0]
}

function scalarOf(node: Extract<YamlNode, { kind: 'scalar' }>): YamlScalar {
  if (node.tag !== undefined && node.tag !== '!') return resolveTagged(node.tag, node.text)
  return node.isPlain ? resolveScalar(node.text)[1] : node.text
}

/** A value as Go code has it (`%#v`), which is how the message about a key shows it. */
function goSyntax(value: YamlValue): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  const entries = isMap(value) ? Object.entries(value) : value instanceof Map ? [...value] : undefined
  if (!entries) return print(value)
  const type = value instanceof Map ? 'map[interface {}]interface {}' : 'map[string]interface {}'
  return `${type}{${entries.map(([key, item]) => `${goSyntax(key)}:${goSyntax(item)}`).join(', ')}}`
}
