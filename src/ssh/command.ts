import { quote } from '../go/quote.ts'
import { shellQuote } from '../parse/shell-quote.ts'
import type { SshTarget } from './url.ts'
import { wrap } from '../errors/cli-error.ts'

/** What follows `ssh` on its command line: options, `--`, the host, and where wanted a command line for the remote host. */
export interface SshCommand {
  /** For ssh: user, port, and what docket always asks for. */
  readonly options: readonly string[]
  readonly host: string
}

/**
 * How ssh is called for a target (docker/cli cli/connhelper/ssh). Throws for names that cannot be written on a command
 * line, and for a user or host that begins with `-`: ssh itself is told where its options end, but it hands these names on to
 * a ProxyCommand, which is not.
 */
export function sshCommand({ user, host, port }: SshTarget): SshCommand {
  for (const [what, name] of [
    ['hostname', host],
    ['user', user],
  ] as const) {
    if (name.startsWith('-')) {
      throw new Error(`ssh host connection is not valid: invalid SSH URL: ${what} begins with "-": ${quote(name)}`)
    }
  }
  const options = []
  if (user !== '') options.push('-l', quoted('user', user))
  if (port !== '') options.push('-p', quoted('port', port))
  return { options: [...options, '-o ConnectTimeout=30', '-T'], host: quoted('host', host) }
}

/** The remote host's commands that carry bytes to its daemon, in the order they are tried (docker/cli cli/connhelper). */
export function dialCommands(path: string): string[] {
  const docker = ['docker', 'system', 'dial-stdio']
  const podman = ['podman', 'system', 'dial-stdio']
  if (/^\/*$/.test(path)) return [docker, podman].map((words) => shellQuote(...words))
  docker.splice(1, 0, `--host=unix://${path}`)
  podman.splice(1, 0, `--url=unix://${path}`)
  return [docker, podman].map((words) => quoted('argument', ...words))
}

function quoted(what: string, ...words: string[]): string {
  try {
    return shellQuote(...words)
  } catch (error) {
    throw wrap(error, `invalid ${what}`)
  }
}
