import { wrap } from '../../errors/cli-error.ts'
import { cut } from '../../parse/cut.ts'
import { familiarString, parseReference } from '../../parse/reference.ts'

/** Takes `--build-context` as `name=path` and gives the paths by the names that a Dockerfile may use (buildx buildflags ParseContextNames). */
export function parseNamedContexts(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts
      .filter((text) => text !== '')
      .map((text) => {
        const { before: name, after: path, found } = cut(text, '=')
        if (!found) throw new Error(`invalid context value: ${text}, expected key=value`)
        return [normalName(name), path]
      }),
  )
}

function normalName(name: string): string {
  try {
    return familiarString(parseReference(name)).replace(/:latest$/, '')
  } catch (error) {
    throw wrap(error, `invalid context name ${name}`)
  }
}
