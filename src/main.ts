import os from 'node:os'
import path from 'node:path'
import { dispatch, type Program } from './cli/dispatch.ts'
import { report } from './cli/report.ts'
import { isTerminal } from './streams/stdio.ts'
import { manifest } from './manifest.ts'
import { ProcessContext } from './process-context.ts'

/** Runs the command line this process was given and sets its exit status. */
async function main(): Promise<void> {
  const name = process.env.DOCKET_PROGRAM_NAME || path.basename(process.argv[1] ?? 'docket').replace(/\.[cm]?js$/, '')
  let context: ProcessContext | undefined
  const program: Program = {
    name,
    manifest,
    context: (globals) => (context = new ProcessContext(process, name, globals)),
  }
  try {
    process.exitCode = await dispatch(program, process.argv.slice(2))
  } catch (error) {
    process.exitCode = conclude(error, context)
  }
  await context?.close()
  // Output is written synchronously, so nothing is pending; a socket kept alive or a stdin being read must not hold the program.
  process.exit()
}

function conclude(error: unknown, context: ProcessContext | undefined): number {
  // The reader has gone: end as a program does that SIGPIPE ended.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 128 + os.constants.signals.SIGPIPE
  const signal = context?.endedBy
  const { text, exitCode } = report(error, {
    terminal: isTerminal(2, (fd) => process.stderr.isTTY && fd === 2),
    debug: context?.globals.debug === true,
    signalNumber: signal === undefined ? undefined : os.constants.signals[signal],
  })
  if (text !== '') writeError(text, context)
  return exitCode
}

function writeError(text: string, context: ProcessContext | undefined): void {
  if (context === undefined) process.stderr.write(text)
  else context.err.write(text)
}

void main()
