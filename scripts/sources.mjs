// What dist/ was built from: the build leaves it there, and tests that run what was built compare it.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** Where the build leaves the digest of its sources. */
export const BUILT_FROM = 'dist/.built-from'

/** A digest of all that the build reads below `root`: names and contents of the sources, the build itself and the packages. */
export function sourcesDigest(root) {
  const digest = createHash('sha256')
  const files = fs
    .readdirSync(path.join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join('src', name))
  for (const name of [...files.toSorted(), 'scripts/build.mjs', 'package-lock.json', 'tsconfig.json']) {
    digest
      .update(`${name}\0`)
      .update(fs.readFileSync(path.join(root, name)))
      .update('\0')
  }
  return digest.digest('hex')
}
