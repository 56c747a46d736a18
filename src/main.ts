import fs from 'node:fs'
import path from 'node:path'
import { dispatch } from './cli/dispatch.ts'
import type { Program } from './cli/program.ts'
import { report } from './cli/report.ts'
import { calledAs, programName } from './called-as.ts'
import { catalog } from './catalog.ts'
import { daemonFacts } from './connection/daemon-facts.ts'
import { loadCommand } from './load-command.ts'
import { ProcessContext } from './process-context.ts'
import { bun } from './runtime/bun.ts'
import { versionLine } from './version.ts'

// As the reference, do nothing; bin/docket does the same before this is read.
if (bun !== undefined) process.on('SIGUSR1', () => undefined)

/** Runs the command line this process was given and sets its exit status. */
async function main(): Promise<void> {
  const command = calledAs(process)
  const name = process.env.DOCKET_PROGRAM_NAME || programName(command)
  let context: ProcessContext | undefined
  const program: Program = {
    name,
    version: versionLine(name),
    catalog,
    load: loadCommand,
    texts: async () => (await import('./catalog-texts.ts')).texts,
    daemon: daemonFacts,
    preparedHelp: () => preparedHelp(name),
    context: (globals) => (context = new ProcessContext(process, name, globals)),
    plugins: async () => (await import('./plugins/host.ts')).pluginHost(command),
    completions: async (forContext, source, typed) =>
      (await import('./commands/_completion/sources.ts')).completionValues(forContext, source, typed),
  }
  try {
    process.exitCode = await dispatch(program, process.argv.slice(2))
    await context?.drain()
  } catch (error) {
    process.exitCode = await conclude(error, context)
  }
  await context?.close()
  // Only unread output is pending; a keep-alive socket or an open stdin must not keep the process running.
  process.exit()
}

function preparedHelp(name: string): string | undefined {
  try {
    return fs.readFileSync(path.join(__dirname, 'root-help.txt'), 'utf8').replaceAll('\0', name)
  } catch {
    return undefined
  }
}

async function conclude(error: unknown, context: ProcessContext | undefined): Promise<number> {
  const { text, exitCode } = report(error, {
    terminal: context?.err.isTerminal === true,
    debug: context?.globals.debug === true,
    signalNumber: await signalNumber(context?.endedBy),
  })
  try {
    if (text !== '') writeError(text, context)
    await context?.drain()
  } catch {
    // Who cannot be told what went wrong still gets the exit status.
  }
  const number = await signalNumber(context?.endedBy)
  return number === undefined ? exitCode : 128 + number
}

async function signalNumber(signal: NodeJS.Signals | undefined): Promise<number | undefined> {
  return signal && (await import('node:os')).constants.signals[signal]
}

function writeError(text: string, context: ProcessContext | undefined): void {
  if (context === undefined) process.stderr.write(text)
  else context.err.write(text)
}

void main()
