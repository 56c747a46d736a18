import fs from 'node:fs'
import path from 'node:path'
import type { Catalog } from './cli/catalog-entry.ts'
import { parseRows, rowAt } from './cli/catalog-rows.ts'
import { dispatch } from './cli/dispatch.ts'
import type { Program } from './cli/program.ts'
import { report } from './cli/report.ts'
import { calledAs, programName } from './called-as.ts'
import { rows } from './catalog.ts'
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
  let catalog: Catalog | undefined
  const program: Program = {
    name,
    version: versionLine(name),
    get catalog() {
      return (catalog ??= parseRows(rows))
    },
    entryAt: (path) => rowAt(rows, path),
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
  end(context)
}

/**
 * Ends the process, which neither an open stdin nor a connection may keep running. Where nothing does, it ends by itself: `process.exit()`
 * of Node 22 and 24 waits for threads that compile, and these may wait for a collection of garbage that only the thread which waits
 * for them could start (nodejs/node#54918).
 */
function end(context: ProcessContext | undefined): void {
  if (bun !== undefined) process.exit()
  if (process.getActiveResourcesInfo().length === 0) return
  context?.disconnect()
  // The turn between the two lets what was closed be gone, however late the first is.
  setTimeout(() => setImmediate(() => setTimeout(() => process.exit()).unref()), EXIT_GRACE_MS).unref()
}

/** How long what was closed may take to be gone. */
const EXIT_GRACE_MS = 20

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
