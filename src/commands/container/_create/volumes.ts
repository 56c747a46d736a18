import { parseVolume, toAbsoluteBind } from '../../../parse/volume.ts'
import { dictionary } from '../../../go/dictionary.ts'

/** Parts `-v` into what is bound from somewhere, and the volumes without a name, each once. */
export function toVolumes(texts: readonly string[], getwd: () => string) {
  const binds: string[] = []
  const volumes = dictionary<Record<string, never>>()
  for (const text of new Set(texts)) {
    const { source, type } = parseVolume(text)
    if (source === '') volumes[text] = {}
    else binds.push(type === 'bind' ? toAbsoluteBind(text, getwd) : text)
  }
  return { binds, volumes }
}
