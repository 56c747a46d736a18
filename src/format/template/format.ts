/** The formats of docker's lists and of inspect: templates with docker's functions and its wording of errors. */
import type { Value } from '../../go/types.ts'
import { dockerFunctions, headerFunctions } from './docker.ts'
import { isTemplateError } from './errors.ts'
import { compile, type ExecuteOptions } from './template.ts'

export interface CompiledFormat {
  /** The text for one value; throws an Error `template parsing error: template: ...`. */
  row(value: Value | undefined, options?: ExecuteOptions): string
  /** The header line over a map of titles: what was written until the first failure. */
  header(titles: Value): string
}

/** Parses a format of rows; throws an Error `template parsing error: template: ...` when it is no template. */
export function compileFormat(text: string, terminal = false): CompiledFormat {
  const options = { funcs: dockerFunctions, terminal: terminal ? ('rows' as const) : undefined }
  const template = explained(() => compile('', text, options))
  return {
    row: (value, options) => explained(() => template.execute(value, options)),
    header(titles) {
      try {
        return template.execute(titles, { funcs: headerFunctions })
      } catch (error) {
        if (isTemplateError(error)) return error.output
        throw error
      }
    },
  }
}

function explained<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!isTemplateError(error)) throw error
    throw new Error(`template parsing error: ${error.message}`, { cause: error })
  }
}
