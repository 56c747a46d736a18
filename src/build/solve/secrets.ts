import fs from 'node:fs'
import { wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'
import { variablesOf } from '../../parse/key-value.ts'
import type { SecretFlag } from '../flags/secret.ts'
import { MAX_SECRET_SIZE, type SecretSource } from '../session/secrets.ts'

/**
 * Finds out where each secret is: one that names neither a file nor a variable is the variable of its ID, else the file. Throws for a
 * file that is not there (buildkit secretsprovider NewStore).
 */
export function findSecrets(
  secrets: readonly SecretFlag[],
  { env, cwd }: { env: Readonly<Record<string, string | undefined>>; cwd: string },
): ReadonlyMap<string, SecretSource> {
  const found = new Map<string, SecretSource>()
  for (const { id, file, variable } of secrets) {
    if (id === '') throw new Error('secret missing ID')
    const isVariable = file === '' && (variable !== '' || variablesOf(env)(id) !== undefined)
    if (!isVariable) checkSecret(id, file || id, cwd)
    // A variable that is named wins over a file.
    found.set(id, isVariable || variable !== '' ? { variable: variable || id } : { file: fromFolder(cwd, file || id) })
  }
  return found
}

function checkSecret(id: string, file: string, cwd: string): void {
  try {
    const { size } = fs.statSync(fromFolder(cwd, file))
    if (size <= MAX_SECRET_SIZE) return
  } catch (error) {
    throw wrap(pathError('stat', file, error), `failed to stat ${file}`)
  }
  throw new Error(`secret ${id} too big. max size 500KiB`)
}
