import type { ComponentVersion } from '../../engine/types/system.ts'
import { toBytes } from '../../go/strings.ts'
import { slice, str, value } from '../../go/types.ts'
import { dockerFunctions } from '../template/docker.ts'
import { isTemplateError } from '../template/errors.ts'
import { compile } from '../template/template.ts'
import { componentVersion, versionInfo } from './types/client.ts'
import { alignVersion } from './version.ts'

const funcs = {
  ...dockerFunctions,
  /** The names of a component's details, in order. */
  getDetailsOrder: {
    in: [componentVersion],
    out: slice(str),
    call: ({ Details }: ComponentVersion) => Object.keys(Details ?? {}).toSorted(),
  },
}

/**
 * Compiles a template for `version`; throws a TemplateError when it is none. What it then gives is the aligned text, as
 * far as the template came, and the error that stopped it.
 */
export function versionTemplate(
  format: string,
  terminal: boolean,
): (versions: object) => { text: Uint8Array; error?: Error } {
  const template = compile('version', format === 'json' ? '{{json .}}' : format, {
    funcs,
    terminal: terminal ? 'text' : undefined,
  })
  return (versions) => {
    try {
      return { text: aligned(template.execute(value(versionInfo, versions))) }
    } catch (error) {
      if (!isTemplateError(error)) throw error
      return { text: aligned(error.output), error }
    }
  }
}

function aligned(text: string): Uint8Array {
  return toBytes(alignVersion(`${text}\n`))
}
