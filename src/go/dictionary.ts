/**
 * An object whose keys come from outside, with those of `entries`: it has no prototype, so that `__proto__` and `constructor` are keys
 * like any other.
 */
export function dictionary<T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, entries)
}
