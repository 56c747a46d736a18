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

/** The inspector for a `--format`: empty is indented JSON, `json` compact JSON, else a template; throws when that does not parse. */
export async function inspector(format: string): Promise<Inspector> {
  if (format === '') return jsonInspector((text) => indent(text, '', '    '))
  if (format === 'json') return jsonInspector(compact)
  const { templateInspector } = await import('./inspect-template.ts')
  return templateInspector(format)
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
