/** What runs a program says of how it was started. */
type Started = Pick<NodeJS.Process, 'argv' | 'argv0'>

/** The folder that Bun makes up for the files within a binary; on Windows, on a drive of its own. */
const withinBinary = /^[A-Z]:[\\/]~BUN[\\/]/

/** How this program was called (Go's `os.Args[0]`): the script's path under Node, and the binary as it was named where it is one. */
export function calledAs({ argv: [, script], argv0 }: Started): string {
  const isBinary =
    script === undefined || script.startsWith('/$bunfs/') || (script.includes('~BUN') && withinBinary.test(script))
  return isBinary ? argv0 : script
}

/** The name that a program called like that goes by. */
export function programName(command: string): string {
  const name = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1)
  return (name.includes('.') ? name.replace(/\.(?:[cm]?js|exe)$/i, '') : name) || 'docket'
}
