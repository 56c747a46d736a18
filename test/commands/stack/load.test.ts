import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { loadStack } from '../../../src/commands/stack/_load.ts'
import type { Context } from '../../../src/context.ts'
import { temporaryFolder } from '../../harness.ts'

/** Loads a file of this text for a deployment: the names of its services, or the error, and what it says on stderr. */
async function load(text: string): Promise<{ services?: string[]; error?: string; stderr: string }> {
  const cwd = temporaryFolder()
  fs.writeFileSync(path.join(cwd, 'stack.yml'), text)
  let stderr = ''
  const err = { write: (said: string) => void (stderr += said), line: (said: string) => void (stderr += `${said}\n`) }
  const context = {
    cwd,
    getwd: () => cwd,
    env: {},
    err,
    globals: {},
    signal: new AbortController().signal,
    now: () => new Date(0),
  }
  try {
    const config = await loadStack(context as unknown as Context, ['stack.yml'])
    return { services: config.services.map(({ name }) => name), stderr }
  } catch (error) {
    return { error: (error as Error).message, stderr }
  }
}

describe('the file of a stack to be deployed', () => {
  it('is told of what a stack leaves out', async () => {
    const text = 'services: {a: {image: x, restart: always, build: ., container_name: b, expose: [1]}}'
    expect(await load(text)).toEqual({
      services: ['a'],
      stderr:
        'Ignoring unsupported options: build, restart\n\nIgnoring deprecated options:\n\n' +
        'container_name: Setting the container name is not supported.\n\n' +
        "expose: Exposing ports is unnecessary - services on the same network can access each other's containers on any port.\n\n",
    })
  })

  it('has nothing that a stack cannot have', async () => {
    expect(await load('services: {a: {mem_limit: 5, extends: b}}')).toEqual({
      error:
        'compose file contains unsupported options:\n\nextends: Support for `extends` is not implemented yet.\n\n' +
        'mem_limit: Set resource limits using deploy.resources\n',
      stderr: '',
    })
  })

  test.each([
    ['services: {a: {build: .}}', 'invalid image reference for service a: no image specified'],
    ['services: {a: {image: ""}}', 'invalid image reference for service a: no image specified'],
    ['services: {a: {image: A B}}', 'invalid image reference for service a: invalid reference format'],
  ])('%s has no image', async (text, message) => {
    expect((await load(text)).error).toContain(message)
  })

  it('may have an image by its digest alone', async () => {
    expect((await load(`services: {a: {image: ${'a'.repeat(64)}}}`)).services).toEqual(['a'])
  })
})
