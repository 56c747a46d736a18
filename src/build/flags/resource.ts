import { wrap } from '../../errors/cli-error.ts'
import { dictionary } from '../../go/dictionary.ts'
import { parseInteger } from '../../go/int.ts'
import { quote } from '../../go/quote.ts'
import { parseBytes, parseSwapBytes } from '../../parse/bytes.ts'
import { cut } from '../../parse/cut.ts'

/**
 * Takes `--resource`, `memory=2g`, the last of a kind counting, and gives the frontend's attributes; zeros are none
 * (buildx build ParseResourceLimits, addResourceLimits).
 */
export function parseResources(texts: readonly string[]): Record<string, string> {
  const found = dictionary<string>()
  for (const text of texts) {
    const { before, after, found: isPair } = cut(text, '=')
    if (!isPair) throw new Error(`invalid resource ${quote(text)}, expected key=value`)
    const [key, value] = [before.trim(), after.trim()]
    const resource = Object.hasOwn(resources, key) ? resources[key] : undefined
    if (resource === undefined) throw new Error(`unknown resource ${quote(key)}`)
    found[resource.attribute] = readValue(key, value, resource.read)
  }
  return Object.fromEntries(Object.entries(found).filter(([name, value]) => isSet(name, value)))
}

const integer = (text: string): string => String(parseInteger(text))
const same = (text: string): string => text

const resources: Record<string, { attribute: string; read: (text: string) => string }> = {
  memory: { attribute: 'memory', read: (text) => String(parseBytes(text)) },
  'memory-swap': { attribute: 'memswap', read: (text) => String(parseSwapBytes(text)) },
  'cpu-shares': { attribute: 'cpushares', read: integer },
  'cpu-period': { attribute: 'cpuperiod', read: integer },
  'cpu-quota': { attribute: 'cpuquota', read: integer },
  'cpuset-cpus': { attribute: 'cpusetcpus', read: same },
  'cpuset-mems': { attribute: 'cpusetmems', read: same },
}

function readValue(key: string, value: string, read: (text: string) => string): string {
  try {
    return read(value)
  } catch (error) {
    throw wrap(error, `invalid value ${quote(value)} for resource ${key}`)
  }
}

/** Less than nothing means no limit of swap, and nothing elsewhere. */
function isSet(name: string, value: string): boolean {
  return value !== '' && value !== '0' && (name === 'memswap' || !value.startsWith('-'))
}
