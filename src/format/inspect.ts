import { visible } from '../go/visible.ts'
import { compact, indent } from '../go/scan.ts'
import type { Type, Value } from '../go/types.ts'
import { decoding } from './json-stream.ts'

/** One described object: the daemon's text, and its Go type where there is a description of it. */
export interface Described {
  readonly raw: string
  readonly type?: () => Promise<Type>
  /** The object itself, for those that no daemon gave as text: templates see it, and nothing else. */
  readonly made?: () => Promise<Value>
}

/** Gathers described objects and gives what `inspect` prints of them (docker/cli cli/command/inspect). */
export interface Inspector {
  /** Throws when the object cannot be shown. */
  add(object: Described): Promise<void> | void
  output(): Uint8Array
}

/**
 * The inspector for a `--format`: empty is indented JSON, `json` compact JSON, else a template; throws when that does not parse.
 * On a `terminal` control characters are shown; in JSON they are what JSON itself may spell so.
 */
export async function inspector(format: string, terminal = false): Promise<Inspector> {
  if (format === '') return jsonInspector(nested, '\n', terminal)
  if (format === 'json') return jsonInspector(compact, '', terminal)
  const { templateInspector } = await import('./inspect-template.ts')
  return templateInspector(format, terminal)
}

/** Lays each object out by itself, as it comes; `newline` stands before the end of the list. */
function jsonInspector(layOut: (text: string) => string, newline: string, terminal: boolean): Inspector {
  const objects: string[] = []
  return {
    add: ({ raw }) => void objects.push(decoding(raw, layOut)),
    output: () => {
      const list = objects.length === 0 ? '[]' : `[${objects.join(',')}${newline}]`
      return Buffer.from(`${terminal ? visible(list) : list}\n`)
    },
  }
}

function nested(text: string): string {
  return `\n${STEP}${indent(text, STEP, STEP).trimEnd()}`
}

const STEP = '    '
