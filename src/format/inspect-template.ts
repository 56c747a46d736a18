import { decode, decodeAny } from '../go/decode.ts'
import { toBytes } from '../go/strings.ts'
import { type Type, type Value, value } from '../go/types.ts'
import type { Inspector } from './inspect.ts'
import { checkJson } from './json-stream.ts'
import { dockerFunctions } from './template/docker.ts'
import { compile } from './template/template.ts'
import { failingAs } from '../errors/cli-error.ts'

/** Shows each object by a template, one line each; throws when the template does not parse. */
export function templateInspector(format: string, terminal: boolean): Inspector {
  const options = { funcs: dockerFunctions, terminal: terminal ? ('text' as const) : undefined }
  const template = failingAs('template parsing error', () => compile('', format, options))
  let output = ''
  return {
    add: async ({ raw, type, made }) => {
      if (made !== undefined) {
        const object = await made()
        output += `${failingAs('template parsing error', () => template.execute(object))}\n`
        return
      }
      checkJson(raw)
      const data = type === undefined ? undefined : typed(raw, await type())
      output += `${(data && attempt(data)) ?? untyped(raw)}\n`
    },
    output: () => toBytes(output || '\n'),
  }

  function attempt(data: Value): string | undefined {
    try {
      return template.execute(data)
    } catch {
      return undefined
    }
  }

  // What the type does not know may still be in the text: swarm's fields on a container, say.
  function untyped(raw: string): string {
    const data = decodeAny(raw, { useNumber: true })
    return failingAs('template parsing error', () => template.execute(data, { missingKey: 'error' }))
  }
}

function typed(raw: string, type: Type): Value {
  return type.kind === 'ptr' ? value(type, decode(type.elem as Type, raw).raw) : decode(type, raw)
}
