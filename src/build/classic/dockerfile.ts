import fs from 'node:fs'
import path from 'node:path'
import { followLinks } from '../../archive/local.ts'
import { CliError, messageOf } from '../../errors/cli-error.ts'

/**
 * The Dockerfile's path from the context's root, with links followed: `Dockerfile`, `dockerfile` where only that is there, or what is
 * `named`. `-` stays so; a path that begins with `../` is outside. Throws where there is none (docker/cli getDockerfileRelPath).
 */
export function findDockerfile(root: string, named: string): string {
  if (named === '-') return named
  const wanted = path.posix.resolve(root, named === '' ? defaultName(root) : named)
  try {
    return path.posix.relative(root, followLinks(wanted))
  } catch (error) {
    const message = `unable to evaluate symlinks in Dockerfile path: ${messageOf(error)}`
    throw new CliError(message, { code: 'no-dockerfile', hint: whatIsThere(root), cause: error })
  }
}

function defaultName(root: string): string {
  const isThere = (name: string): boolean =>
    fs.lstatSync(path.join(root, name), { throwIfNoEntry: false }) !== undefined
  return !isThere('Dockerfile') && isThere('dockerfile') ? 'dockerfile' : 'Dockerfile'
}

/** What a person may have meant: files that are called like one, else the first of what is there. */
function whatIsThere(root: string): string {
  let names: string[]
  try {
    names = fs.readdirSync(root).toSorted()
  } catch {
    return `${root} cannot be listed`
  }
  const likely = names.filter((name) => /docker-?file|containerfile/i.test(name) && !name.endsWith('.dockerignore'))
  if (likely.length > 0) return `${root} has ${listed(likely)}: name it with -f`
  return names.length === 0 ? `${root} is empty` : `${root} has no Dockerfile, but ${listed(names)}`
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}

const SHOWN = 5
