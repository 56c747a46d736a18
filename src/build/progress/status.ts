/** A point in time, in nanoseconds since 1970: what BuildKit's timestamps hold. */
export type Nanoseconds = bigint

/** One step of a build, as far as it has come (buildkit client Vertex). */
export interface Vertex {
  readonly digest: string
  readonly inputs: readonly string[]
  readonly name: string
  readonly started?: Nanoseconds
  readonly completed?: Nanoseconds
  readonly cached: boolean
  /** Empty unless the step failed. */
  readonly error: string
  /** The step that this one is shown as a part of. */
  readonly group?: Group
}

/** A step of several vertexes. Those of a weak group do not show it by themselves. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly weak: boolean
}

/** How far one transfer or other part of a step has come. */
export interface VertexStatus {
  readonly id: string
  readonly vertex: string
  readonly name: string
  readonly current: number
  readonly total: number
  readonly timestamp: Nanoseconds
  readonly started?: Nanoseconds
  readonly completed?: Nanoseconds
}

/** What a step's command printed. */
export interface VertexLog {
  readonly vertex: string
  readonly stream: number
  readonly data: Uint8Array
  readonly timestamp: Nanoseconds
}

/** What the frontend advises about the Dockerfile. */
export interface VertexWarning {
  readonly vertex: string
  readonly level: number
  readonly short: Uint8Array
  readonly detail: readonly Uint8Array[]
  readonly url: string
  readonly source?: Source
  readonly ranges: readonly LineRange[]
}

/** A Dockerfile, or another file that a step comes from. */
export interface Source {
  readonly filename: string
  readonly data: Uint8Array
  readonly language: string
}

/** Lines of a source, counted from one. */
export interface LineRange {
  readonly start: Position
  readonly end: Position
}

export interface Position {
  readonly line: number
  readonly character: number
}

/** One message of BuildKit's Status stream. */
export interface SolveStatus {
  readonly vertexes?: readonly Vertex[]
  readonly statuses?: readonly VertexStatus[]
  readonly logs?: readonly VertexLog[]
  readonly warnings?: readonly VertexWarning[]
}

/** Whether an error of a vertex says that it was given up because of another's failure or the user's wish. */
export function isCanceled(error: string): boolean {
  return error.endsWith('context canceled')
}
