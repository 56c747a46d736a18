import { catalog } from '../../src/catalog.ts'
import { loadCommand } from '../../src/load-command.ts'
import { healthy, type Case, type Result } from './case.ts'
import type { Fault } from './fault.ts'
import { connectionFaults } from './faults-connection.ts'
import { brokenFaults, oddFaults } from './faults-http.ts'
import {
  archiveFaults,
  emptyFaults,
  frameFaults,
  jsonFaults,
  lineFaults,
  statFaults,
  statusFaults,
} from './faults-reply.ts'
import { type Line, lines } from './lines.ts'
import { mutations } from './mutations.ts'
import { type Good, goodReply } from './replies.ts'

const faults: readonly Fault[] = [
  ...connectionFaults,
  ...oddFaults,
  ...brokenFaults,
  ...statusFaults,
  ...emptyFaults,
  ...jsonFaults,
  ...lineFaults,
  ...frameFaults,
  ...statFaults,
  ...archiveFaults,
]

/** Every command by the first of its names, whatever paths the catalog gives it. */
export async function commands(): Promise<string[]> {
  const paths = new Set<string>()
  for (const entry of catalog)
    if (entry.kind === 'command') paths.add((await loadCommand(entry.file)).path[0] ?? entry.path)
  return [...paths]
}

/** Every command line that makes requests. */
const requestLines: readonly Line[] = Object.values(lines).flatMap((list) => (list === 'none' ? [] : list))

/** What a command line does when all goes well, over both transports. */
export interface Wellness {
  readonly line: Line
  readonly unix: Result
  readonly tcp: Result
}

const ABREAST = 8

/** Runs every command line that makes requests, some beside each other; one that seemed to hang is run once more by itself. */
export async function wellness(): Promise<Wellness[]> {
  const found: Wellness[] = []
  const waiting = [...requestLines]
  const again: Line[] = []
  const worker = async (): Promise<void> => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      const well = await wellnessOf(line)
      if (well.unix.hung || well.tcp.hung) again.push(line)
      else found.push(well)
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, worker))
  for (const line of again) found.push(await wellnessOf(line))
  return found
}

async function wellnessOf(line: Line): Promise<Wellness> {
  return { line, unix: await healthy(line, 'unix'), tcp: await healthy(line, 'tcp') }
}

/**
 * Every case: each fault that fits, in the answer to each request of each command line, over each transport. All commands
 * ask for the same ping in the same way, so that a few stand for all; and a command reads the fields of a reply in one way.
 */
export function casesOf(wells: readonly Wellness[]): Case[] {
  const decoded = new Set<string>()
  return wells.flatMap(({ line, unix }) =>
    [...new Set(unix.requests)].flatMap((key) => {
      if (key === 'HEAD /_ping' && !pinging.includes(line.argv.join(' '))) return []
      const good = goodReply(...(key.split(' ') as [string, string]))
      const fields = `${line.argv[0]} ${line.argv[1]} ${key}`
      const fitting = decoded.has(fields) ? faults : [...faults, ...mutations(good)]
      decoded.add(fields)
      return fitting.flatMap((fault) =>
        over(fault, good, line, key).map((transport) => caseOf(line, key, fault, good, transport)),
      )
    }),
  )
}

const pinging = ['ps', 'version', 'run busybox true', 'pull busybox', 'logs web', 'volume create data']

function over(fault: Fault, good: Good, line: Line, key: string): Case['over'][] {
  const verdict = fault.verdict(good)
  if (verdict === undefined || (verdict === 'waits' && line.proxied?.test(key) === true)) return []
  return fault.over === undefined ? ['unix', 'tcp'] : [fault.over]
}

function caseOf(line: Line, key: string, fault: Fault, good: Good, transport: Case['over']): Case {
  return { line, key, fault, verdict: fault.verdict(good) ?? 'either', over: transport }
}
