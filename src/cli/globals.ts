import type { GlobalOptions } from '../context.ts'
import { bool, string, value } from './flags.ts'

/** The flags that stand before the command (docker/cli cli/flags/options.go). */
export const globalFlags = {
  config: string('Folder of the client configuration', { shownDefault: '~/.docker' }),
  context: string('Context to use for the daemon (wins over DOCKER_HOST and the context set with "context use")', {
    short: 'c',
    complete: 'contexts',
  }),
  debug: bool('Say more when something fails', { short: 'D' }),
  host: value('string', 'Daemon to talk to', onlyHost, { short: 'H' }),
  logLevel: string('How much is logged ("debug", "info", "warn", "error", "fatal")', {
    short: 'l',
    shownDefault: 'info',
  }),
  tls: bool('Use TLS; follows from --tlsverify'),
  tlscacert: string('Trust only certificates signed by this CA', { shownDefault: '~/.docker/ca.pem' }),
  tlscert: string('TLS certificate file', { shownDefault: '~/.docker/cert.pem' }),
  tlskey: string('TLS key file', { shownDefault: '~/.docker/key.pem' }),
  tlsverify: bool('Use TLS and verify the daemon'),
  version: bool('Print the version and quit', { short: 'v' }),
}

/** The parsed global flags without `--version`, which is the root's own business. */
export type ParsedGlobals = GlobalOptions & { readonly version?: boolean }

function onlyHost(text: string, before: string | undefined): string {
  if (before !== undefined) throw new Error('specify only one -H')
  return text
}
