/** encoding/json's reading of a value that JSON.parse has read already: for wire objects that stay plain objects. */
import { fold, isFlat, isJson, jsonFields } from './fields.ts'
import { type Field, type Type, zero } from './types.ts'

/** A value does not fit the type that it stands for. */
export class Misfit extends Error {
  override readonly name = 'Misfit'
  /** `[0].Ports[1].PrivatePort`; empty for the whole. */
  readonly path: string
  /** Go's name of the type, and what is there in its place, in JSON's terms. */
  readonly expected: string
  readonly got: string
  constructor(path: string, expected: string, got: string) {
    super(`${path} is ${got} and not ${expected}`)
    this.path = path
    this.expected = expected
    this.got = got
  }
}

/**
 * Makes what JSON.parse gave into what encoding/json would have made of it, in place: keys take the case of their field, null
 * and what is missing become the zero value where Go would write that again (no `omitempty`; lists, maps and pointers stay
 * null or away), unknown keys stay. Gives the value; throws a Misfit where Go refuses it, and a RangeError for what is too large to fill.
 */
export function conform(type: Type, parsed: unknown): unknown {
  return new Walk(true).value(type, parsed)
}

/** Throws what `conform` does for a value that Go refuses, and fills nothing in: for what is shown as it came. */
export function checkConforms(type: Type, parsed: unknown): void {
  new Walk(false).value(type, parsed)
}

class Walk {
  readonly path: (string | number)[] = []
  private readonly fills: boolean
  private structs = 0

  constructor(fills: boolean) {
    this.fills = fills
  }

  value(type: Type, item: unknown): unknown {
    if (item === null || item === undefined) return this.fills ? this.zero(type) : item
    switch (type.kind) {
      case 'string':
        return typeof item === 'string' ? item : this.refuse(type, item)
      case 'bool':
        return typeof item === 'boolean' ? item : this.refuse(type, item)
      case 'ptr':
        return this.value(type.elem as Type, item)
      case 'struct':
        return type.text === undefined ? this.struct(type, item) : this.text(type, item)
      case 'slice':
      case 'array':
        return this.list(type, item)
      case 'map':
        return this.map(type, item)
      case 'interface':
        return item
      default:
        return this.number(type, item)
    }
  }

  private zero(type: Type): unknown {
    if (type.kind === 'struct' && type.text === undefined) return this.struct(type, {})
    return zero(type)
  }

  private number(type: Type, item: unknown): unknown {
    if (typeof item !== 'number' || !Number.isFinite(item)) return this.refuse(type, item)
    const range = RANGES[type.kind]
    if (range === undefined) return item
    return Number.isInteger(item) && item >= range[0] && item <= range[1] ? item : this.refuse(type, item)
  }

  private text(type: Type, item: unknown): unknown {
    if (typeof item !== 'string') return this.refuse(type, item)
    try {
      return type.text?.decode?.(item) ?? item
    } catch {
      return this.refuse(type, item)
    }
  }

  private list(type: Type, item: unknown): unknown {
    const elem = type.elem as Type
    const isBytes = elem.kind === 'uint8' && type.kind === 'slice'
    if (isBytes && typeof item === 'string') return item
    if (!Array.isArray(item)) return this.refuse(type, item)
    for (let i = 0; i < item.length; i++) {
      this.path.push(i)
      item[i] = this.value(elem, item[i])
      this.path.pop()
    }
    for (let i = item.length; i < (type.length ?? 0) && this.fills; i++) item.push(this.zero(elem))
    return isBytes ? Buffer.from(item as number[]).toString('base64') : item
  }

  private map(type: Type, item: unknown): unknown {
    if (!isObject(item)) return this.refuse(type, item)
    const elem = type.elem as Type
    const key = type.key as Type
    for (const name of Object.keys(item)) {
      this.path.push(name)
      if (key.text !== undefined) this.text(key, name)
      const before = item[name]
      const after = this.value(elem, before)
      if (after !== before) set(item, name, after)
      this.path.pop()
    }
    return item
  }

  private struct(type: Type, item: unknown): unknown {
    if (!isObject(item)) return this.refuse(type, item)
    if (++this.structs > MAX_STRUCTS) throw new RangeError(`more than ${MAX_STRUCTS} objects`)
    const plan = planOf(type)
    let keys = 0
    for (const _ in item) keys++
    for (const field of plan.fields) {
      const before = item[field.name]
      if (before === undefined) {
        if (field.always && this.fills) item[field.name] = this.zero(field.type)
        continue
      }
      keys--
      if (before === null && !field.always && !field.omit) continue
      this.member(item, field, field.name)
    }
    if (keys > 0) this.inOtherCase(item, plan)
    return item
  }

  private member(item: Record<string, unknown>, field: Planned, key: string): void {
    const before = item[key]
    if (key !== field.name) delete item[key]
    if (before === null && field.omit) {
      delete item[field.name]
      return
    }
    this.path.push(key)
    const after = this.value(field.type, before)
    this.path.pop()
    if (after !== before || key !== field.name) item[field.name] = after
  }

  // Keys that are no field's name: they may be one's in another letter case.
  private inOtherCase(item: Record<string, unknown>, plan: Plan): void {
    plan.folded ??= new Map(plan.fields.map((field) => [fold(field.name), field]))
    for (const key of Object.keys(item)) {
      const field = plan.folded.get(fold(key))
      if (field !== undefined && field.name !== key) this.member(item, field, key)
    }
  }

  private refuse(type: Type, item: unknown): never {
    const steps = this.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    throw new Misfit(steps.join('').replace(/^\./, ''), type.name, kindOf(item))
  }
}

interface Planned {
  readonly name: string
  readonly type: Type
  readonly omit: boolean
  /** Go writes it even when it is empty, as something else than null. */
  readonly always: boolean
}

interface Plan {
  readonly fields: readonly Planned[]
  folded?: ReadonlyMap<string, Planned>
}

const plans = new WeakMap<Type, Plan>()

function planOf(type: Type): Plan {
  let plan = plans.get(type)
  if (plan === undefined) {
    const own = type.fields ?? []
    // Without embedded structs, which few have, a field's name is its own: no paths to make for every type in the start of a command.
    const fields = own.some(isFlat)
      ? jsonFields(type).map(({ name, path }) => planned(name, path.at(-1) as Field))
      : own.filter(isJson).map((field) => planned(field.json, field))
    plan = { fields }
    plans.set(type, plan)
  }
  return plan
}

function planned(name: string, { type, omit }: Field): Planned {
  return { name, type, omit: omit !== undefined, always: omit === undefined && !NULLABLE.has(type.kind) }
}

function isObject(item: unknown): item is Record<string, unknown> {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
}

// A key may be `__proto__`, which a plain assignment would take for something else.
function set(item: object, name: string, value: unknown): void {
  Object.defineProperty(item, name, { value, writable: true, enumerable: true, configurable: true })
}

function kindOf(item: unknown): string {
  return Array.isArray(item) ? 'array' : typeof item === 'boolean' ? 'bool' : typeof item
}

const NULLABLE: ReadonlySet<string> = new Set(['ptr', 'map', 'slice', 'interface'])

/** A list of `{}` grows a hundredfold when it is filled. 10,000 containers are some 200,000 objects. */
const MAX_STRUCTS = 2_000_000

/** Where whole numbers end. Beyond 2^53 JSON.parse has rounded them, so that the last ones count as inside. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int: [-(2 ** 63), 2 ** 63],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint: [0, 2 ** 64],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 64],
}
