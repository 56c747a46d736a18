import type { TestProject } from 'vitest/node'
import { declared } from './declared.ts'
import { startTestbed, unsupportedReason } from './testbed.ts'
import type { Testbed } from './testbed.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testbed: Testbed | { missing: string }
  }
}

/**
 * Starts the real engines once for a whole run of the tests. DOCKET_ENGINES (`docker-20,podman-4`) chooses among them. Where
 * they cannot be started, their tests are skipped and say why; in CI that is a failure.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = unsupportedReason()
  if (missing) {
    if (process.env['CI']) throw new Error(missing)
    console.warn(`tests against real engines are skipped: ${missing}`)
    project.provide('testbed', { missing })
    return undefined
  }
  const names = process.env['DOCKET_ENGINES']?.split(',') ?? declared.map(({ name }) => name)
  const unknown = names.filter((name) => !declared.some((engine) => engine.name === name))
  if (unknown.length > 0) throw new Error(`DOCKET_ENGINES names no engine of ours: ${unknown.join(', ')}`)
  const { testbed, stop } = await startTestbed(names)
  project.provide('testbed', testbed)
  return stop
}
