import { parseCsv } from '../go/csv.ts'
import { parseUnsigned } from '../go/int.ts'
import { cut } from './cut.ts'

/** A secret or config and the file that it becomes in a container. */
export interface FileReference {
  name: string
  file: { Name: string; UID: string; GID: string; Mode: number }
}

/**
 * Takes a service's `--secret` or `--config` as a name or as `source=NAME,target=FILE,uid=0,gid=0,mode=0444`
 * (docker/cli opts/swarmopts/secret.go, config.go).
 */
export function parseFileReference(kind: 'secret' | 'config', text: string): FileReference {
  const fields = parseCsv(text)
  const reference: FileReference = { name: '', file: { Name: '', UID: '0', GID: '0', Mode: 0o444 } }
  if (fields.length === 1 && !fields[0]!.includes('=')) {
    reference.name = fields[0]!
    reference.file.Name = fields[0]!
    return reference
  }
  for (const field of fields) {
    const { before: key, after: value, found } = cut(field, '=')
    if (!found || key === '') throw new Error(`invalid field '${field}' must be a key=value pair`)
    setField(kind, reference, key, value)
  }
  if (reference.name === '') throw new Error('source is required')
  if (reference.file.Name === '') reference.file.Name = reference.name
  return reference
}

function setField(kind: string, reference: FileReference, key: string, value: string): void {
  switch (key.toLowerCase()) {
    case 'source':
    case 'src':
      reference.name = value
      break
    case 'target':
      reference.file.Name = value
      break
    case 'uid':
      reference.file.UID = value
      break
    case 'gid':
      reference.file.GID = value
      break
    case 'mode':
      reference.file.Mode = parseMode(value)
      break
    default:
      throw new Error(`invalid field in ${kind} request: ${key}`)
  }
}

function parseMode(text: string): number {
  try {
    return Number(parseUnsigned(text, { base: 0, bits: 32 }))
  } catch (error) {
    throw new Error(`invalid mode specified: ${(error as Error).message}`, { cause: error })
  }
}
