import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { lines } from './lines.ts'
import { casesOf, commands, wellness } from './plan.ts'
import { runCases } from './run.ts'

/** One of so many cases; `npm run hostile` runs them all. */
const ONE_OF = 80

test('every command has its lines, and only commands have', async () => {
  expect(Object.keys(lines).toSorted()).toEqual((await commands()).toSorted())
})

test('a sample of commands and faults: no hang, no JavaScript, no success on nonsense, no half file', async () => {
  const wells = await wellness()
  expect(
    wells.filter(({ unix, tcp }) => unix.exitCode !== 0 || tcp.exitCode !== 0).map(({ line }) => line.argv),
  ).toEqual([])
  const cases = casesOf(wells).filter(({ line, over, key, fault }) => {
    const digest = createHash('sha1')
      .update([...line.argv, over, key, fault.group, fault.name].join('\0'))
      .digest()
    return digest.readUInt32BE() % ONE_OF === 0
  })
  const { findings } = await runCases(cases, wells)
  expect(findings.map(({ text }) => text)).toEqual([])
}, 180_000)
