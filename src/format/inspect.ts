import { visible } from '../go/visible.ts'
import { compact, indent } from '../go/scan.ts'
import type { Type, Value } from '../go/types.ts'
import { checkJson } from './json-stream.ts'

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
  const shown = terminal ? visible : (text: string): string => text
  if (format === '') return jsonInspector((text) => shown(indent(text, '', '    ')))
  if (format === 'json') return jsonInspector((text) => shown(compact(text)))
  const { templateInspector } = await import('./inspect-template.ts')
  return templateInspector(format, terminal)
}

function jsonInspector(layOut: (text: string) => string): Inspector {
  const texts: string[] = []
  return {
    add: ({ raw }) => {
      checkJson(raw)
      texts.push(raw)
    },
    output: () => Buffer.from(texts.length === 0 ? '[]\n' : `${layOut(`[${texts.join(',')}]`)}\n`),
  }
}
