import { type Int64, parseInteger } from '../go/int.ts'
import { trimSpace } from './space.ts'

/** A number of a resource that nodes advertise by a name of their own. */
export interface DiscreteResource {
  Kind: string
  Value: Int64
}

/** Checks one `--generic-resource` for its `=`, and gives it unchanged (docker/cli service/generic_resource_opts.go). */
export function checkGenericResource(text: string): string {
  if (!text.includes('=')) {
    throw new Error(`invalid generic-resource format \`${text}\` expected \`name=value\``)
  }
  return text
}

/**
 * Takes a service's `--generic-resource`s, each `KIND=NUMBER`; throws for a kind that is given twice, is negative or is asked for by name,
 * which nodes may offer and services may not ask for (docker/cli service/internal/genericresource).
 */
export function parseGenericResources(texts: readonly string[]): DiscreteResource[] {
  const values = new Map<string, string[]>()
  for (const text of texts) {
    const parts = text.split('=')
    if (parts.length !== 2) throw malformed(`incorrect term ${text}, missing '=' or malformed expression`)
    const [kind = '', value = ''] = parts.map(trimSpace)
    values.set(kind, [...(values.get(kind) ?? []), value])
  }
  const resources = [...values].map(([kind, of]) => ({
    kind,
    of,
    number: of.length === 1 ? discrete(of[0]!) : undefined,
  }))
  for (const { kind, of, number } of resources) checkWellFormed(kind, of, number)
  return resources.map(({ kind, of, number }) => {
    if (number !== undefined) return { Kind: kind, Value: number }
    const reason = 'Named Generic Resources is not supported for service create or update'
    throw new Error(`invalid generic-resource request \`${kind}=${of[0]}\`, ${reason}`)
  })
}

function checkWellFormed(kind: string, values: readonly string[], number: Int64 | undefined): void {
  if (number !== undefined && number < 0) throw malformed(`cannot ask for negative resource ${kind}`)
  if (number === undefined && values.some((value) => discrete(value) !== undefined)) {
    throw malformed(`mixed discrete and named resources in expression '${kind}=[${values.join(' ')}]'`)
  }
}

function discrete(text: string): Int64 | undefined {
  try {
    return parseInteger(text)
  } catch {
    return undefined
  }
}

function malformed(reason: string): Error {
  return new Error(`invalid generic resource specification: could not parse GenericResource: ${reason}`)
}
