import { expect, test } from 'vitest'
import { loadCompose } from '../../src/compose/load.ts'

const options = { workingDir: '/w', lookup: () => undefined, readFile: async () => new Uint8Array() }

test('asks for a file', async () => {
  await expect(loadCompose([], options)).rejects.toThrow('no files specified')
})
