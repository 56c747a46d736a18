import { parseDuration } from '../go/duration.ts'
import { formatFloat } from '../go/number.ts'
import { parsePortMapping } from '../parse/port.ts'
import { composeFile, newestMinor } from './schema.ts'
import type { JsonType, Property, Rule } from './schema-rules.ts'
import { isMap, print, Timestamp, type YamlMap, type YamlValue } from './values.ts'

/** The version a file is of, the newest where it says none or only `3`. */
export function versionOf(content: YamlMap): string {
  const { version } = content
  if (version === undefined) return `3.${newestMinor}`
  const text = print(version)
  return text === '' || text === '3' ? `3.${newestMinor}` : text
}

/**
 * Checks a file against the schema of a version and throws its most specific fault with the place, in the words of the reference's
 * validator (docker/cli cli/compose/schema, gojsonschema).
 */
export function checkSchema(content: YamlMap, version: string): void {
  const minor = /^3\.(0|[1-9]\d*)$/.exec(version)?.[1]
  if (minor === undefined || Number(minor) > newestMinor) {
    throw new Error(`unsupported Compose file version: ${version}`)
  }
  checkKeys(content)
  const { faults } = check(content, composeFile, Number(minor), '(root)')
  if (faults.length > 0) throw new Error(mostSpecific(faults))
}

/** JSON, which the reference checks, has texts for keys only, and no infinite number. */
function checkKeys(value: YamlValue): void {
  if (value instanceof Map) throw new Error('json: unsupported type: map[interface {}]interface {}')
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`json: unsupported value: ${formatFloat(value, 'g', -1, 64)}`)
  }
  if (Array.isArray(value)) value.forEach(checkKeys)
  if (isMap(value)) Object.values(value).forEach(checkKeys)
}

interface Fault {
  path: string
  words: string
  kind?: 'type' | 'oneOf'
}

/** What a check found, and how much of the value fitted: the alternative that fits best is the one whose faults count. */
interface Outcome {
  faults: Fault[]
  score: number
}

function check(value: YamlValue, rule: Rule, minor: number, path: string): Outcome {
  const type = typeOf(value)
  const { types } = rule
  if (types && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    return { faults: [{ path, words: `must be a ${typesInWords(types)}`, kind: 'type' }], score: -2 }
  }
  const outcome: Outcome = { faults: [], score: type === 'boolean' || type === 'null' ? 3 : 4 }
  const fault = (words: string) => add(outcome, faultAt(path, words))
  if (rule.oneOf) add(outcome, checkOneOf(value, rule.oneOf, minor, path))
  if (Array.isArray(value)) add(outcome, checkList(value, rule, minor, path))
  if (isMap(value)) add(outcome, checkNames(value, rule, minor, path))
  if (rule.minimum !== undefined && Number(value) < rule.minimum) {
    fault(`Must be greater than or equal to ${rule.minimum}`)
  }
  if (rule.allowed && typeof value === 'string' && !rule.allowed.includes(value)) {
    const allowed = rule.allowed.map((text) => JSON.stringify(text)).join(', ')
    fault(`${fieldOf(path)} must be one of the following: ${allowed}`)
  }
  if (rule.format && !formats[rule.format](value)) fault(`Does not match format '${rule.format}'`)
  if (isMap(value)) add(outcome, checkProperties(value, rule, minor, path))
  return outcome
}

function checkOneOf(value: YamlValue, alternatives: readonly Rule[], minor: number, path: string): Outcome {
  let best: Outcome | undefined
  let fitting = 0
  for (const alternative of alternatives) {
    const outcome = check(value, alternative, minor, path)
    if (outcome.faults.length === 0) fitting++
    else if (fitting === 0 && (!best || outcome.score > best.score)) best = outcome
  }
  if (fitting === 1) return { faults: [], score: 0 }
  const words = 'Must validate one and only one schema (oneOf)'
  const outcome: Outcome = { faults: [{ path, words, kind: 'oneOf' }], score: -2 }
  if (fitting === 0 && best) add(outcome, best)
  return outcome
}

function checkList(list: YamlValue[], rule: Rule, minor: number, path: string): Outcome {
  const { items } = rule
  const outcome: Outcome = { faults: [], score: 0 }
  if (items) list.forEach((item, index) => add(outcome, check(item, items, minor, `${path}.${index}`)))
  if (!rule.unique) return outcome
  const seen = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const key = canonical(item)
    const first = seen.get(key)
    if (first !== undefined) add(outcome, faultAt(path, `array items[${first},${index}] must be unique`))
    seen.set(key, index)
  }
  return outcome
}

function checkNames(map: YamlMap, rule: Rule, minor: number, path: string): Outcome {
  const outcome: Outcome = { faults: [], score: 0 }
  for (const name of rule.required ?? []) {
    if (name in map) outcome.score++
    else add(outcome, faultAt(path, `${name} is required`))
  }
  const isOpen = typeof rule.open === 'object' ? rule.open.since <= minor : rule.open
  for (const [name, value] of Object.entries(map)) {
    const pattern = rule.patterns?.find(({ match, since }) => isOf(minor, since) && match.test(name))
    if (pattern) {
      outcome.score++
      add(outcome, check(value, pattern.rule, minor, `${path}.${name}`))
    } else if (!propertyOf(rule, name, minor) && !isOpen && (rule.properties || rule.patterns)) {
      add(outcome, faultAt(path, `Additional property ${name} is not allowed`))
    }
  }
  return outcome
}

function checkProperties(map: YamlMap, rule: Rule, minor: number, path: string): Outcome {
  const outcome: Outcome = { faults: [], score: 0 }
  for (const [name, value] of Object.entries(map)) {
    const property = propertyOf(rule, name, minor)
    if (property) add(outcome, check(value, property, minor, `${path}.${name}`))
  }
  return outcome
}

function faultAt(path: string, words: string): Outcome {
  return { faults: [{ path, words }], score: -2 }
}

function propertyOf(rule: Rule, name: string, minor: number): Rule | undefined {
  const property: Property | undefined =
    rule.properties && Object.hasOwn(rule.properties, name) ? rule.properties[name] : undefined
  return [property ?? []].flat().findLast(({ since }) => isOf(minor, since))
}

function isOf(minor: number, since = 0): boolean {
  return since <= minor
}

function add(outcome: Outcome, other: Outcome): void {
  outcome.faults.push(...other.faults)
  outcome.score += other.score
}

const formats = {
  duration: (value: YamlValue) => typeof value === 'string' && succeeds(() => parseDuration(value)),
  // A fraction is refused where ports are read.
  ports: (value: YamlValue) => typeof value === 'number' || succeeds(() => parsePortMapping(print(value))),
}

function succeeds(action: () => unknown): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}

function typeOf(value: YamlValue): JsonType {
  if (value === null) return 'null'
  if (typeof value === 'string' || value instanceof Timestamp) return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'bigint') return 'integer'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return Array.isArray(value) ? 'array' : 'object'
}

function typesInWords(types: readonly JsonType[]): string {
  const words = types.map((type) => (type === 'object' ? 'mapping' : type === 'array' ? 'list' : type))
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** A value as JSON, in which equal ones are alike: `1` and `1.0`, and mappings in whatever order. */
function canonical(value: YamlValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    return `{${entries.toSorted().join()}}`
  }
  return JSON.stringify(
    typeof value === 'bigint' ? Number(value) : value instanceof Timestamp ? value.toString() : value,
  )
}

/** The fault with the longest place, the first of them, but a wrong type before others (docker/cli getMostSpecificError). */
function mostSpecific(faults: Fault[]): string {
  const depth = ({ path }: Fault) => path.split('.').length
  let chosen = 0
  for (const [index, fault] of faults.entries()) {
    const difference = depth(fault) - depth(faults[chosen]!)
    const isBetterType = difference === 0 && fault.kind === 'type' && faults[chosen]!.kind !== 'type'
    if (difference > 0 || isBetterType) chosen = index
  }
  const { path, words, kind } = faults[chosen]!
  return `${fieldOf(path)} ${kind === 'oneOf' ? (faults[chosen + 1]?.words ?? words) : words}`
}

function fieldOf(path: string): string {
  return path.startsWith('(root).') ? path.slice('(root).'.length) : path
}
