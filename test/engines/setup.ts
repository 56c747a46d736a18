import type { TestProject } from 'vitest/node'
import { declared, sets } from './declared.ts'
import { startTestbed, unsupportedReason } from './testbed.ts'
import type { Testbed } from './testbed.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testbed: Testbed | { missing: string }
    /** The sets of engines that files of tests may start. */
    sets: string[]
  }
}

/**
 * Starts the real engines once for a whole run of the tests. DOCKET_ENGINES (`docker-20,podman-4`) chooses among them, and among
 * the sets that a file of tests starts for itself. Where they cannot be started, their tests are skipped and say why; in CI that
 * is a failure.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = unsupportedReason()
  if (missing) {
    if (process.env['CI']) throw new Error(missing)
    console.warn(`tests against real engines are skipped: ${missing}`)
    project.provide('testbed', { missing })
    project.provide('sets', [])
    return undefined
  }
  const known = [...declared, ...sets].map(({ name }) => name)
  const names = process.env['DOCKET_ENGINES']?.split(',') ?? known
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`DOCKET_ENGINES names no engine of ours: ${unknown.join(', ')}`)
  project.provide(
    'sets',
    names.filter((name) => sets.some((set) => set.name === name)),
  )
  const wanted = declared.filter(({ name }) => names.includes(name))
  if (wanted.length === 0) {
    project.provide('testbed', { missing: 'DOCKET_ENGINES names none of these engines' })
    return undefined
  }
  const { testbed, stop } = await startTestbed(wanted)
  project.provide('testbed', testbed)
  return stop
}
