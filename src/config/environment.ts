import { failure, messageOf } from '../errors/cli-error.ts'
import { compactJson } from '../go/json-compact.ts'
import { decodeShape, struct } from './shape.ts'

const shape = {
  type: 'configfile.configEnv',
  fields: {
    auths: {
      type: 'map[string]configfile.configEnvAuth',
      items: struct('configfile.configEnvAuth', ['auth']),
    },
  },
}

/**
 * Reads DOCKER_AUTH_CONFIG: `auth` by server, empty where it is missing. Throws in the reference's words when it is no
 * JSON, more than one value, or holds anything else (docker/cli configfile parseEnvConfig).
 */
export function environmentEntries(text: string): Record<string, string> {
  const { decoded, problem } = decodeShape(parse(text), shape, true)
  if (problem !== undefined) throw failure(problem)
  const { auths = {} } = (decoded ?? {}) as { auths?: Record<string, { auth?: string }> }
  return Object.fromEntries(Object.entries(auths).map(([server, { auth = '' }]) => [server, auth]))
}

function parse(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(compactJson(Buffer.from(text))) as unknown
  } catch (error) {
    const reason = messageOf(error)
    if (reason.endsWith('after top-level value')) {
      throw failure('DOCKER_AUTH_CONFIG does not support more than one JSON object')
    }
    throw failure(reason === 'unexpected end of JSON input' ? 'unexpected EOF' : reason)
  }
}
