import fs from 'node:fs'
import { pathError } from '../../errors/os-error.ts'
import { variablesOf } from '../../parse/key-value.ts'
import { GrpcError } from '../grpc/status.ts'
import { serves, type Served } from '../grpc/server.ts'
import { secrets } from '../proto/session.ts'

/** Where a secret's value is; a variable counts before a file. */
export interface SecretSource {
  readonly file?: string
  readonly variable?: string
}

/**
 * Gives the daemon the secrets that a build asks for, by their IDs; they are read when asked for, and no error has anything of their
 * values (BuildKit session/secrets/secretsprovider).
 */
export function serveSecrets(
  sources: ReadonlyMap<string, SecretSource>,
  env: Readonly<Record<string, string | undefined>>,
): Served {
  return serves(secrets, {
    getSecret: ({ id }) => {
      const source = sources.get(id)
      if (source === undefined) throw new GrpcError('NotFound', 'not found')
      const data = valueOf(source, env)
      if (data.length > MAX_SECRET_SIZE) throw new Error(`invalid secret size ${data.length}`)
      return { data }
    },
  })
}

/** No secret may be larger. */
export const MAX_SECRET_SIZE = 500 * 1024

function valueOf({ file = '', variable }: SecretSource, env: Readonly<Record<string, string | undefined>>): Uint8Array {
  if (variable !== undefined) return Buffer.from(variablesOf(env)(variable) ?? '')
  try {
    return fs.readFileSync(file)
  } catch (error) {
    throw pathError('open', file, error)
  }
}
