import { wrap } from '../errors/cli-error.ts'
import { dictionary } from '../go/dictionary.ts'
import { parseDecimal } from '../go/int.ts'
import { quote } from '../go/quote.ts'
import { parseFloat64 } from '../parse/bytes.ts'
import { substitute, TemplateError, type Lookup } from './template.ts'
import { isMap, type YamlMap, type YamlValue } from './values.ts'

/**
 * Replaces the variables in every text of a file, and gives what stands where a number or a truth value belongs as one; throws with
 * the place (docker/cli cli/compose/interpolation).
 */
export function interpolate(content: YamlMap, lookup: Lookup): YamlMap {
  return eachValue(content, (key, value) => walk(value, key, lookup))
}

function walk(value: YamlValue, path: string, lookup: Lookup): YamlValue {
  if (typeof value === 'string') return replace(value, path, lookup)
  if (Array.isArray(value)) return value.map((item) => walk(item, `${path}.[]`, lookup))
  if (isMap(value)) return eachValue(value, (key, item) => walk(item, `${path}.${key}`, lookup))
  return value
}

function replace(text: string, path: string, lookup: Lookup): YamlValue {
  let value: string
  try {
    value = substitute(text, lookup)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const template = quote(error.message)
    throw new Error(
      `invalid interpolation format for ${path}: ${template}; you may need to escape any $ with another $`,
      { cause: error },
    )
  }
  if (value === text) return value
  const cast = castOf(path)
  try {
    return cast ? cast(value) : value
  } catch (error) {
    throw wrap(error, `error while interpolating ${path}: failed to cast to expected type`)
  }
}

type Cast = (text: string) => YamlValue

const integer: Cast = (text) => BigInt(parseDecimal(text))
const float: Cast = (text) => parseFloat64(text)
const truth: Cast = (text) => {
  const lower = text.toLowerCase()
  if (['y', 'yes', 'true', 'on'].includes(lower)) return true
  if (['n', 'no', 'false', 'off'].includes(lower)) return false
  throw new Error(`invalid boolean: ${text}`)
}

/** Where a variable's text becomes a number or a truth value; `*` is any name (docker/cli cli/compose/loader/interpolate.go). */
const casts: [Cast, string[]][] = [
  [
    integer,
    [
      'services.*.configs.[].mode',
      'services.*.secrets.[].mode',
      'services.*.healthcheck.retries',
      'services.*.deploy.replicas',
      'services.*.deploy.update_config.parallelism',
      'services.*.deploy.rollback_config.parallelism',
      'services.*.deploy.restart_policy.max_attempts',
      'services.*.deploy.placement.max_replicas_per_node',
      'services.*.ports.[].target',
      'services.*.ports.[].published',
      'services.*.ulimits.*',
      'services.*.ulimits.*.hard',
      'services.*.ulimits.*.soft',
      'services.*.oom_score_adj',
    ],
  ],
  [float, ['services.*.deploy.update_config.max_failure_ratio', 'services.*.deploy.rollback_config.max_failure_ratio']],
  [
    truth,
    [
      'services.*.healthcheck.disable',
      'services.*.privileged',
      'services.*.read_only',
      'services.*.stdin_open',
      'services.*.tty',
      'services.*.volumes.[].read_only',
      'services.*.volumes.[].volume.nocopy',
      'networks.*.external',
      'networks.*.internal',
      'networks.*.attachable',
      'volumes.*.external',
      'secrets.*.external',
      'configs.*.external',
    ],
  ],
]

function castOf(path: string): Cast | undefined {
  const parts = path.split('.')
  const matches = (pattern: string) => {
    const wanted = pattern.split('.')
    return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
  }
  return casts.find(([, patterns]) => patterns.some(matches))?.[0]
}

function eachValue(map: YamlMap, change: (key: string, value: YamlValue) => YamlValue): YamlMap {
  return dictionary(Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(key, value)])))
}
