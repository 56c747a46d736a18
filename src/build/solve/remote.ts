import { cut } from '../../parse/cut.ts'

/** Whether a context is fetched by the builder: an HTTP URL or a git repository (buildx urlutil IsRemoteURL). */
export function isRemote(text: string): boolean {
  return isHttp(text) || isRepository(text)
}

/** Whether it is fetched by git with ssh, for which the builder needs the user's agent (buildx buildflags IsGitSSH). */
export function isSshRepository(text: string): boolean {
  return /^ssh:\/\//i.test(text) || (!hasScheme(text) && scpStyle.test(text))
}

/** Whether a repository's URL says in its query what of it is meant, which not all frontends know. */
export function hasGitQuery(text: string): boolean {
  return isRepository(text) && cut(cut(text, '#').before, '?').after !== ''
}

/** Whether it is an HTTP URL. */
export function isHttp(text: string): boolean {
  return /^https?:\/\//.test(text)
}

/** Whether it is a git repository: by its scheme, by a path that ends in `.git`, as `host:path`, or on GitHub (buildkit dfgitutil ParseGitRef). */
function isRepository(text: string): boolean {
  if (/^\.\.?\//.test(text)) return false
  if (text.startsWith('github.com/')) return true
  if (!hasScheme(text)) return scpStyle.test(text)
  if (/^(ssh|git):\/\//i.test(text)) return true
  return /^https?:\/\/[^?#]*\.git(?:[?#]|$)/i.test(text)
}

function hasScheme(text: string): boolean {
  return /^[a-zA-Z0-9]+:\/\//.test(text)
}

const scpStyle = /^[\w-]+@[a-zA-Z0-9-.]+:/
