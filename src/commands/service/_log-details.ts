import { compareStrings } from '../../go/strings.ts'
import { queryUnescape } from '../../go/url.ts'

/** Whose line of a log it is. */
export interface LogSource {
  readonly node: string
  readonly service: string
  readonly task: string
  /** What else the line's details say, by key. */
  readonly rest: ReadonlyMap<string, string>
}

/** Takes the details in front of a line of a service's log; throws where they do not name the task. */
export function logSource(details: string): LogSource {
  const rest = parseLogDetails(details)
  const take = (what: string): string => {
    const key = `com.docker.swarm.${what}.id`
    const id = rest.get(key)
    if (id === undefined) throw new Error(`missing ${what} id in details: ${mapText(rest)}`)
    rest.delete(key)
    return id
  }
  return { node: take('node'), service: take('service'), task: take('task'), rest }
}

/** Takes `key=value,key=value`, each escaped as in a query (docker/cli logdetails Parse). */
export function parseLogDetails(details: string): Map<string, string> {
  const pairs = details.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=')
    if (at <= 0) throw new Error('invalid details format')
    return [queryUnescape(pair.slice(0, at)), queryUnescape(pair.slice(at + 1))]
  })
  return new Map(pairs)
}

/** `key=value` of each detail, sorted. */
export function detailsText(details: ReadonlyMap<string, string>): string {
  const pairs = [...details].map(([key, value]) => `${key}=${value}`)
  return pairs.toSorted(compareStrings).join(',')
}

/** A map as Go's fmt prints it. */
function mapText(map: ReadonlyMap<string, string>): string {
  const entries = [...map].toSorted(([a], [b]) => compareStrings(a, b))
  return `map[${entries.map(([key, value]) => `${key}:${value}`).join(' ')}]`
}
