import { parseCsv } from '../../go/csv.ts'
import { parsePairs } from './fields.ts'

/** One `--output`. */
export interface OutputFlag {
  readonly type: string
  /** The folder or file it goes to, `-` for stdout; empty where none is named. */
  readonly destination: string
  readonly attributes: Record<string, string>
}

/** Takes `--output`, `type=TYPE[,KEY=VALUE...]`, a folder alone, or `-` for a tar on stdout (buildx buildflags ParseExports). */
export function parseOutputs(texts: readonly string[]): OutputFlag[] {
  return texts.filter((text) => text !== '').map(parseOutput)
}

function parseOutput(text: string): OutputFlag {
  const fields = parseCsv(text)
  if (fields.length === 1 && fields[0] === text && !text.startsWith('type=')) {
    return { type: text === '-' ? 'tar' : 'local', destination: text, attributes: {} }
  }
  const {
    type = '',
    dest: destination = '',
    ...attributes
  } = Object.fromEntries(parsePairs(text).map(([key, value]) => [key.toLowerCase().trim(), value]))
  if (type === '') throw new Error('type is required for output')
  return { type, destination, attributes }
}
