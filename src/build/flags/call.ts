import { wrap } from '../../errors/cli-error.ts'
import { parseBool } from '../../go/bool.ts'
import { parseCsv } from '../../go/csv.ts'
import { cut } from '../../parse/cut.ts'

/** What the frontend is asked for in place of a build. */
export interface Call {
  readonly name: string
  readonly format: string
  /** Exit with 0 whatever the answer. */
  readonly ignoreStatus: boolean
}

/** Takes `--call`, `check,format=json`, and gives undefined for a plain build (buildx buildflags ParseCallFunc). */
export function parseCall(text: string): Call | undefined {
  if (text === '') return undefined
  let call: Call = { name: '', format: '', ignoreStatus: false }
  for (const field of parseCsv(text)) {
    const { before: key, after: value, found } = cut(field, '=')
    if (!found) {
      if (call.name !== '') throw new Error(`invalid print value: ${text}`)
      call = { ...call, name: field }
    } else if (key === 'format') call = { ...call, format: value }
    else if (key === 'ignorestatus') call = { ...call, ignoreStatus: readStatus(value) }
    else throw new Error(`invalid print field: ${field}`)
  }
  const name = call.name === 'check' ? 'lint' : call.name
  return name === 'build' ? undefined : { ...call, name }
}

function readStatus(text: string): boolean {
  try {
    return parseBool(text)
  } catch (error) {
    throw wrap(error, `invalid ignorestatus print value: ${text}`)
  }
}
