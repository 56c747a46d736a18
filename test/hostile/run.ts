import { type Case, runCase } from './case.ts'
import { judge, type Offence } from './judge.ts'
import type { Wellness } from './plan.ts'

/** A case that broke rules, with what it printed. */
export interface Finding {
  readonly offences: readonly Offence[]
  readonly text: string
}

export interface Ran {
  /** Cases and offences by group of faults and transport. */
  readonly table: Readonly<Record<string, Record<string, number>>>
  readonly findings: readonly Finding[]
}

const ABREAST = 24

/** Runs cases beside each other. What seemed to hang is run once more by itself, since a busy machine may only have been slow. */
export async function runCases(cases: readonly Case[], wells: readonly Wellness[]): Promise<Ran> {
  const byLine = new Map(wells.map((wellness) => [wellness.line, wellness]))
  const table: Record<string, Record<string, number>> = {}
  const findings: Finding[] = []
  const again: Case[] = []
  const take = async (next: Case, last: boolean): Promise<void> => {
    const result = await runCase(next)
    if (result.hung && !last) return void again.push(next)
    const offences = judge(next, result, byLine.get(next.line)![next.over])
    const row = (table[`${next.fault.group}, ${next.over}`] ??= { cases: 0 })
    for (const name of ['cases', ...offences]) row[name] = (row[name] ?? 0) + 1
    if (offences.length > 0) findings.push({ offences, text: describe(next, offences, result) })
  }
  const waiting = [...cases]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await take(next, false)
  }
  await Promise.all(Array.from({ length: ABREAST }, worker))
  for (const next of again) await take(next, true)
  return { table, findings }
}

function describe(
  { line, over, key, fault, verdict }: Case,
  offences: readonly Offence[],
  { exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string },
): string {
  const said = `exit ${exitCode}, ${JSON.stringify(stdout.slice(0, 120))}, ${JSON.stringify(stderr.slice(0, 200))}`
  return `${offences.join(', ')}: \`${line.argv.join(' ')}\` over ${over}, ${key}: ${fault.group}: ${fault.name} (${verdict}): ${said}`
}
