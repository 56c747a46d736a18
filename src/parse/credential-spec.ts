import { cut } from './cut.ts'

/** Where a managed service account comes from: one of the three, or none to have no account. */
export interface CredentialSpec {
  Config?: string
  File?: string
  Registry?: string
}

/** Takes `--credential-spec` as `config://NAME`, `file://NAME` or `registry://KEY`; empty gives an empty object (docker/cli service/opts.go). */
export function parseCredentialSpec(text: string): CredentialSpec {
  if (text === '') return {}
  const { before: scheme, after: value, found } = cut(text, '://')
  if (found && scheme === 'config') return { Config: value }
  if (found && scheme === 'file') return { File: value }
  if (found && scheme === 'registry') return { Registry: value }
  throw new Error('invalid credential spec: value must be prefixed with "config://", "file://", or "registry://"')
}
