import { cut } from './cut.ts'

/** Turns `key=value` texts into a map; a text without `=` has the empty value, the last of a key counts (docker/cli opts ConvertKVStringsToMap). */
export function toMap(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => cut(pair, '=')).map(({ before, after }) => [before, after]))
}

/** As toMap, with null for a key without `=` (docker/cli opts ConvertKVStringsToMapWithNil). */
export function toNullableMap(pairs: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    pairs.map((pair) => cut(pair, '=')).map(({ before, after, found }) => [before, found ? after : null]),
  )
}

/** Checks `--label` as `key[=value]`, a key without blanks, and gives it unchanged (docker/cli opts ValidateLabel). */
export function parseLabel(text: string): string {
  const key = cut(text, '=').before.replace(/^[ \t]+/, '')
  if (key === '') throw new Error(`invalid label '${text}': empty name`)
  if (/[ \t]/.test(key)) throw new Error(`label '${key}' contains whitespaces`)
  return text
}

/** Takes `--env` as `key[=value]`; a key alone gets the caller's value, or stays alone where it has none (docker/cli opts ValidateEnv). */
export function parseEnv(text: string, lookup: (name: string) => string | undefined): string {
  const { before: key, found } = cut(text, '=')
  if (key === '') throw new Error(`invalid environment variable: ${text}`)
  const value = found ? undefined : lookup(key)
  return value === undefined ? text : `${key}=${value}`
}

/** Looks a variable up in `env`, where `constructor` and the like are none unless they were set. */
export function variablesOf(env: Readonly<Record<string, string | undefined>>): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(env, name) ? env[name] : undefined)
}

/** Takes a container's `--log-opt`s; the driver `none` has no options (docker/cli container/opts.go). */
export function parseLogOptions(driver: string, options: readonly string[]): Record<string, string> {
  if (driver === 'none' && options.length > 0) throw new Error(`invalid logging opts for driver ${driver}`)
  return toMap(options)
}

/** Takes a container's `--storage-opt`s, each `key=value` (docker/cli container/opts.go). */
export function parseStorageOptions(options: readonly string[]): Record<string, string> {
  if (!options.every((option) => option.includes('='))) throw new Error('invalid storage option')
  return toMap(options)
}
