import { toJson } from '../../go/json-data.ts'
import { formatRFC3339, unix } from '../../go/time.ts'
import type { LineRange, Nanoseconds, SolveStatus, Vertex, VertexLog, VertexStatus, VertexWarning } from './status.ts'

/** One message of the Status stream as a line of JSON, for programs (buildkit client SolveStatus, encoded by Go). */
export function rawJson({ vertexes = [], statuses = [], logs = [], warnings = [] }: SolveStatus): string {
  const all = object([
    ['vertexes', array(vertexes, vertexJson)],
    ['statuses', array(statuses, statusJson)],
    ['logs', array(logs, logJson)],
    ['warnings', array(warnings, warningJson)],
  ])
  return `${all}\n`
}

function vertexJson(vertex: Vertex): string {
  const { group } = vertex
  return object([
    ['digest', text(vertex.digest)],
    ['inputs', array(vertex.inputs, (digest) => toJson(digest))],
    ['name', text(vertex.name)],
    ['started', time(vertex.started)],
    ['completed', time(vertex.completed)],
    ['cached', vertex.cached ? 'true' : undefined],
    ['error', text(vertex.error)],
    [
      'progressGroup',
      group &&
        object([
          ['id', text(group.id)],
          ['name', text(group.name)],
          ['weak', group.weak ? 'true' : undefined],
        ]),
    ],
  ])
}

function statusJson(status: VertexStatus): string {
  return object([
    ['id', toJson(status.id)],
    ['vertex', text(status.vertex)],
    ['name', text(status.name)],
    ['total', number(status.total)],
    ['current', String(status.current)],
    ['timestamp', time(status.timestamp)],
    ['started', time(status.started)],
    ['completed', time(status.completed)],
  ])
}

function logJson({ vertex, stream, data, timestamp }: VertexLog): string {
  return object([
    ['vertex', text(vertex)],
    ['stream', number(stream)],
    ['data', base64(data)],
    ['timestamp', time(timestamp)],
  ])
}

/** One warning as JSON. */
export function warningJson({ vertex, level, short, detail, url, source, ranges }: VertexWarning): string {
  return object([
    ['vertex', text(vertex)],
    ['level', number(level)],
    ['short', short.length === 0 ? undefined : base64(short)],
    ['detail', array(detail, base64)],
    ['url', text(url)],
    [
      'sourceInfo',
      source &&
        object([
          ['filename', text(source.filename)],
          ['data', source.data.length === 0 ? undefined : base64(source.data)],
          ['language', text(source.language)],
        ]),
    ],
    ['range', array(ranges, rangeJson)],
  ])
}

function rangeJson({ start, end }: LineRange): string {
  const position = ({ line, character }: LineRange['start']): string =>
    object([
      ['line', number(line)],
      ['character', number(character)],
    ])
  return object([
    ['start', position(start)],
    ['end', position(end)],
  ])
}

/** An object of the fields that have something in them. */
function object(fields: readonly (readonly [string, string | undefined])[]): string {
  const given = fields.flatMap(([name, json]) => (json === undefined ? [] : [`"${name}":${json}`]))
  return `{${given.join(',')}}`
}

function array<T>(items: readonly T[], json: (item: T) => string): string | undefined {
  return items.length === 0 ? undefined : `[${items.map((item) => json(item)).join(',')}]`
}

function text(value: string): string | undefined {
  return value === '' ? undefined : toJson(value)
}

function number(value: number): string | undefined {
  return value === 0 ? undefined : String(value)
}

function base64(data: Uint8Array): string {
  return `"${Buffer.from(data).toString('base64')}"`
}

function time(at: Nanoseconds | undefined): string | undefined {
  return at === undefined ? undefined : `"${formatRFC3339(unix(Number(at / BILLION), Number(at % BILLION)))}"`
}

const BILLION = 1_000_000_000n
