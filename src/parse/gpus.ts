import { parseCsv } from '../go/csv.ts'
import { cut } from './cut.ts'
import { type Int64, NumberError, parseDecimal } from '../go/int.ts'
import { toMap } from './key-value.ts'

/** A request for devices as the engine takes it; a count of -1 is all. */
export interface DeviceRequest {
  Driver: string
  Count: Int64
  DeviceIDs: string[] | null
  Capabilities: string[][] | null
  Options: Record<string, string> | null
}

/** Takes `--gpus` as `all`, a number, or `device=...,capabilities=...` (docker/cli opts/gpus.go). */
export function parseGpus(text: string): DeviceRequest {
  const request: DeviceRequest = { Driver: '', Count: 0, DeviceIDs: null, Capabilities: null, Options: null }
  const seen = new Set<string>()
  for (const field of parseCsv(text)) {
    const { before: key, after: value, found } = cut(field, '=')
    if (seen.has(key)) throw new Error(`gpu request key '${key}' can be specified only once`)
    seen.add(key)
    if (found) setField(request, key, value, field)
    else {
      seen.add('count')
      request.Count = parseCount(key)
    }
  }
  if (!seen.has('count') && request.DeviceIDs === null) request.Count = 1
  request.Options ??= {}
  request.Capabilities ??= [['gpu']]
  return request
}

function setField(request: DeviceRequest, key: string, value: string, field: string): void {
  switch (key) {
    case 'driver':
      request.Driver = value
      break
    case 'count':
      request.Count = parseCount(value)
      break
    case 'device':
      request.DeviceIDs = value.split(',')
      break
    case 'capabilities':
      request.Capabilities = [[...value.split(','), 'gpu']]
      break
    case 'options':
      request.Options = toMap(optionFields(value))
      break
    default:
      throw new Error(`unexpected key '${key}' in '${field}'`)
  }
}

function optionFields(text: string): string[] {
  try {
    return parseCsv(text)
  } catch (error) {
    throw new Error(`failed to read gpu options: ${(error as Error).message}`, { cause: error })
  }
}

function parseCount(text: string): Int64 {
  if (text === 'all') return -1
  try {
    return parseDecimal(text)
  } catch (error) {
    throw new Error(
      `invalid count (${text}): value must be either "all" or an integer: ${(error as NumberError).reason}`,
    )
  }
}
