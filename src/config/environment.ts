import { cliError, reword } from '../errors/cli-error.ts'
import { decoderMessage, JSONSyntaxError, parseJSON } from '../go/json-syntax.ts'
import { quote } from '../go/quote.ts'
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
 * Reads DOCKER_AUTH_CONFIG: `auth` by server, empty where it is missing. Throws with the reference's message when it is no
 * JSON, more than one value, or holds anything else (docker/cli configfile parseEnvConfig).
 */
export function environmentEntries(text: string): Record<string, string> {
  const { decoded, problem } = decodeShape(parse(text), shape, (name) => `json: unknown field ${quote(name)}`)
  if (problem !== undefined) throw cliError(problem)
  const { auths = {} } = (decoded ?? {}) as { auths?: Record<string, { auth?: string }> }
  return Object.fromEntries(Object.entries(auths).map(([server, { auth = '' }]) => [server, auth]))
}

function parse(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return parseJSON(text)
  } catch (error) {
    const isTrailing = error instanceof JSONSyntaxError && error.kind === 'trailing'
    if (isTrailing) throw cliError('DOCKER_AUTH_CONFIG does not support more than one JSON object')
    throw reword(error, decoderMessage(error))
  }
}
