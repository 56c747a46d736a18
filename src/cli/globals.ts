import type { GlobalOptions } from '../context.ts'
import { bool, string, value } from './flags.ts'

/** The flags that stand before the command (docker/cli cli/flags/options.go). */
export const globalFlags = {
  config: string('Directory of the client configuration', { shownDefault: '~/.docker', complete: 'folders' }),
  context: string('Context to connect with (overrides DOCKER_HOST and the current context)', {
    short: 'c',
    complete: 'contexts',
  }),
  debug: bool('Turn on debug mode', { short: 'D' }),
  host: value('string', 'Daemon endpoint to connect to', onlyHost, { short: 'H' }),
  logLevel: string('Logging level: "debug", "info", "warn", "error" or "fatal"', {
    short: 'l',
    shownDefault: 'info',
    complete: 'log-levels',
  }),
  tls: bool('Use TLS (implied by --tlsverify)'),
  tlscacert: string('CA certificate file to verify the daemon against', {
    shownDefault: '~/.docker/ca.pem',
    complete: 'files',
  }),
  tlscert: string('TLS client certificate file', { shownDefault: '~/.docker/cert.pem', complete: 'files' }),
  tlskey: string('TLS client key file', { shownDefault: '~/.docker/key.pem', complete: 'files' }),
  tlsverify: bool("Use TLS and verify the daemon's certificate"),
  version: bool('Print the version and exit', { short: 'v' }),
}

/** The parsed global flags without `--version`, which is the root's own business. */
export type ParsedGlobals = GlobalOptions & { readonly version?: boolean }

function onlyHost(text: string, before: string | undefined): string {
  if (before !== undefined) throw new Error('specify only one -H')
  return text
}
