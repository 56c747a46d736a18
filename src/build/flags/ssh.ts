import { cut } from '../../parse/cut.ts'

/** One `--ssh`: the agent's socket or key files that a build may use under a name. */
export interface SshFlag {
  readonly id: string
  /** Empty for the agent of SSH_AUTH_SOCK. */
  readonly paths: string[]
}

/** Takes `--ssh`, `ID[=SOCKET|KEY[,KEY]]` (buildx buildflags ParseSSHSpecs). */
export function parseSsh(texts: readonly string[]): SshFlag[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const { before: id, after, found } = cut(text, '=')
      return { id, paths: found ? after.split(',') : [] }
    })
}
