import { cut } from './cut.ts'
import { type Int64, parseInteger } from '../go/int.ts'

/** A resource limit as the engine takes it; -1 is unlimited. */
export interface Ulimit {
  Name: string
  Hard: Int64
  Soft: Int64
}

const names = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' '),
)

/** Takes `--ulimit` as `name=soft[:hard]`, hard being soft where it is left out (go-units ParseUlimit). */
export function parseUlimit(text: string): Ulimit {
  const { before: name, after: value, found } = cut(text, '=')
  if (!found) throw new Error(`invalid ulimit argument: ${text}`)
  if (!names.has(name)) throw new Error(`invalid ulimit type: ${name}`)
  const [softText = '', hardText, ...others] = value.split(':')
  if (others.length > 0) {
    throw new Error(`too many limit value arguments - ${value}, can only have up to two, \`soft[:hard]\``)
  }
  const given = hardText === undefined ? undefined : parseInteger(hardText)
  const soft = parseInteger(softText)
  const hard = given ?? soft
  const rule = 'ulimit soft limit must be less than or equal to hard limit'
  if (hard !== -1 && soft === -1) throw new Error(`${rule}: soft: -1 (unlimited), hard: ${hard}`)
  if (hard !== -1 && soft > hard) throw new Error(`${rule}: ${soft} > ${hard}`)
  return { Name: name, Hard: hard, Soft: soft }
}

/** Takes `--ulimit` given again and again; the last of a name counts (docker/cli opts UlimitOpt). */
export function addUlimit(text: string, before: readonly Ulimit[] = []): Ulimit[] {
  const limit = parseUlimit(text)
  return [...before.filter(({ Name }) => Name !== limit.Name), limit]
}
