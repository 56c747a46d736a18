import { messageOf } from '../../errors/cli-error.ts'
import { parseCsv } from '../../go/csv.ts'

/** How lines of the terminal display are coloured: the number of a colour's escape sequence, none where it is missing. */
export interface Colours {
  readonly run?: string
  readonly cancel?: string
  readonly error?: string
  readonly warning?: string
  /** The output of a step that runs. */
  readonly log?: string
}

/**
 * Takes the environment (NO_COLOR, BUILDKIT_COLORS as `run=green:error=200,10,10`) and gives the colours, with what is wrong
 * with BUILDKIT_COLORS in `problems` (buildkit progressui colors.go).
 */
export function coloursOf(env: Readonly<Record<string, string | undefined>>): {
  colours: Colours
  problems: string[]
} {
  if (env.NO_COLOR) return { colours: {}, problems: [] }
  const colours: Record<string, string> = { run: '34', cancel: '33', warning: '33', error: '31', log: '2' }
  const problems: string[] = []
  for (const field of fieldsOf(env.BUILDKIT_COLORS ?? '', problems)) {
    const [key = '', value, ...others] = field.split('=')
    const name = key.toLowerCase()
    if (value === undefined || others.length > 0) problems.push(`Could not parse BUILDKIT_COLORS component: ${field}`)
    else if (!keys.has(name)) {
      problems.push(`Unknown key found in BUILDKIT_COLORS (expected: run, cancel, error, or warning): ${name}`)
    } else {
      const code = codeOf(value)
      if (code === undefined) problems.push(`Unknown color value found in BUILDKIT_COLORS: ${name}=${value}`)
      else colours[name] = code
    }
  }
  return { colours, problems }
}

/** A line in a colour. */
export function paint(text: string, colour: string | undefined): string {
  return colour === undefined ? text : `\x1b[${colour}m${text}\x1b[0m`
}

const keys = new Set(['run', 'cancel', 'error', 'warning'])
const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']

function fieldsOf(text: string, problems: string[]): string[] {
  if (text === '') return []
  try {
    // Between fields stand colons, and commas between the numbers of a colour.
    return parseCsv(text.replace(/[:,]/g, (mark) => (mark === ':' ? ',' : ':'))).map((field) =>
      field.replaceAll(':', ','),
    )
  } catch (error) {
    problems.push(`Could not parse BUILDKIT_COLORS: ${messageOf(error)}`)
    return []
  }
}

function codeOf(value: string): string | undefined {
  const name = value.toLowerCase()
  if (name === 'default') return '39'
  const at = names.indexOf(name.replace(/^light-/, ''))
  if (at >= 0) return String((name.startsWith('light-') ? 90 : 30) + at)
  const numbers = value.split(',')
  if (numbers.length !== 3 || !numbers.every((one) => /^\d{1,3}$/.test(one) && Number(one) <= 255)) return undefined
  // The cube of 216 colours (aec.Color8BitF).
  const [r = 0, g = 0, b = 0] = numbers.map((one) => Math.floor(Number(one) / 43))
  return `38;5;${16 + 36 * r + 6 * g + b}`
}
