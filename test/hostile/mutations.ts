import type { Fault } from './fault.ts'
import type { Good } from './replies.ts'
import { wholeReply } from './wire.ts'

const strangers: readonly unknown[] = [null, true, -0.5, 'x', [5], { a: [1] }]

/** A reply's JSON with one of its fields at a time missing, or of every other type. */
export function mutations(good: Good): Fault[] {
  if (good.kind !== 'json') return []
  return pathsOf(good.value).flatMap((path) => [
    mutation(good, path, undefined),
    ...strangers.map((stranger) => mutation(good, path, stranger)),
  ])
}

function mutation(good: Good, path: readonly string[], stranger: unknown): Fault {
  const what = stranger === undefined ? 'missing' : JSON.stringify(stranger)
  const body = JSON.stringify(withValue(good.value, path, stranger))
  return {
    group: 'fields of the wrong type',
    name: `${path.join('.')} ${what}`,
    over: 'unix',
    verdict: () => 'either',
    play: (socket) => void socket.write(wholeReply(good, { body }).bytes),
  }
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((rest) => [key, ...rest])])
}

function withValue(value: unknown, [key, ...rest]: readonly string[], stranger: unknown): unknown {
  if (key === undefined) return stranger
  const inner = (value as Record<string, unknown>)[key]
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? withValue(item, rest, stranger) : item))
  return { ...(value as object), [key]: withValue(inner, rest, stranger) }
}
