import fs from 'node:fs'
import { posix } from 'node:path'
import { toBytes, toFs, toText, type BytePath } from '../../archive/bytes.ts'
import { clean } from '../../archive/paths.ts'
import { pathError } from '../../errors/os-error.ts'
import { matchName } from '../../go/match.ts'

/**
 * The paths that `paths` lead to in a tree: each with the links on the way and what these lead to, in order; undefined where that is
 * the whole tree. Wildcards in a last name stand for what they match (fsutil FollowLinks).
 */
export function followLinks(root: BytePath, paths: readonly string[]): string[] | undefined {
  const resolved = new Set<BytePath>()
  for (const path of paths) resolve(root, toBytes(path), resolved)
  return withoutInner([...resolved].toSorted())?.map((path) => toText(path))
}

/** The paths, in order, without those inside the one before; undefined where one is the whole tree (fsutil dedupePaths). */
export function withoutInner(paths: readonly string[]): string[] | undefined {
  if (paths.includes('.')) return undefined
  const kept: string[] = []
  for (const path of paths) if (!path.startsWith(`${kept.at(-1) ?? ''}/`)) kept.push(path)
  return kept
}

function resolve(root: BytePath, path: BytePath, resolved: Set<BytePath>): void {
  const names = clean(`./${path}`).split('/')
  let current = '.'
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    current = posix.join(current, name)
    const targets = linkTargets(root, current, true)
    if (targets === undefined && names.length > 0) continue
    if (resolved.has(current)) return
    resolved.add(current)
    for (const target of targets ?? []) resolve(root, posix.join(target, ...names), resolved)
    return
  }
}

/** Where a link leads, from the top of the tree; all the links' targets for a pattern; undefined for no link. */
function linkTargets(root: BytePath, path: BytePath, mayBePattern: boolean): BytePath[] | undefined {
  if (path === '.') return undefined
  const base = posix.basename(path)
  const folder = posix.dirname(path)
  if (mayBePattern && /[*?[]/.test(base.replace(/\\[^]/g, ''))) {
    const matching = namesIn(root, folder).filter((name) => matchName(toText(base), toText(name)))
    const targets = matching.flatMap((name) => linkTargets(root, posix.join(folder, name), false) ?? [])
    return targets.length > 0 ? targets : undefined
  }
  const target = readLink(root, path)
  if (target === undefined) return undefined
  return [posix.isAbsolute(target) ? clean(target) : posix.join('/', folder, target)]
}

function namesIn(root: BytePath, folder: BytePath): BytePath[] {
  try {
    return fs.readdirSync(toFs(`${root}/${folder}`), { encoding: 'buffer' }).map((name) => name.toString('latin1'))
  } catch (error) {
    if (isNothing(error)) return []
    throw pathError('open', toText(`${root}/${folder}`), error)
  }
}

function readLink(root: BytePath, path: BytePath): BytePath | undefined {
  try {
    return fs.readlinkSync(toFs(`${root}/${path}`), { encoding: 'buffer' }).toString('latin1')
  } catch (error) {
    if (isNothing(error)) return undefined
    throw pathError('readlink', toText(`${root}/${path}`), error)
  }
}

// EINVAL: it is no link.
function isNothing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')
}
