import { familiarString, parseReference } from '../../parse/reference.ts'

/** A state as tables show it: its first letter large (docker/cli formatter.PrettyPrint). */
export function capitalized(text: string | undefined): string {
  const [first = '', ...rest] = text ?? ''
  return first.toUpperCase() + rest.join('')
}

/** An image as lists show it: without its digest, where it has a tag. */
export function imageWithoutDigest(image: string): string {
  try {
    const { domain, path, tag } = parseReference(image)
    return tag === undefined ? image : familiarString({ domain, path, tag })
  } catch {
    return image
  }
}
