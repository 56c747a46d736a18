/** What runs a program says of how it was started. */
type Started = Pick<NodeJS.Process, 'argv' | 'argv0'>

/** The folder that Bun makes up for the files within a binary; on Windows, on a drive of its own. */
const withinBinary = /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/

/** How this program was called (Go's `os.Args[0]`): the script's path under Node, and the binary as it was named where it is one. */
export function calledAs({ argv: [, script], argv0 }: Started): string {
  return script === undefined || withinBinary.test(script) ? argv0 : script
}

/** The name that a program called like that goes by. */
export function programName(command: string): string {
  const [name = ''] = command.split(/[\\/]/).slice(-1)
  return name.replace(/\.(?:[cm]?js|exe)$/i, '') || 'docket'
}
