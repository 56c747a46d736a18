import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

describe('docker export', () => {
  it('writes the archive to stdout', async () => {
    const engine = await fakeEngine({ 'GET /containers/web/export': { bytes: Buffer.from('tar') } })
    expect((await run(['export', 'web'], { engine })).stdout).toBe('tar')
  })

  it('leaves no half file when the daemon breaks off', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine({
      'GET /containers/web/export': {
        handle: (response) => {
          response.writeHead(200, { 'Content-Length': 100 })
          response.write('half', () => response.destroy())
        },
      },
    })
    const { stderr, exitCode } = await run(['export', '-o', 'a.tar', 'web'], { engine, cwd })
    expect(exitCode).toBe(1)
    expect(stderr).not.toBe('')
    expect(fs.readdirSync(cwd)).toEqual([])
  })

  it('does not ask the daemon when the file cannot be', async () => {
    const cwd = temporaryFolder()
    fs.mkdirSync(path.join(cwd, 'sub'))
    const engine = await fakeEngine()
    expect((await run(['export', '-o', 'sub', 'web'], { engine, cwd })).stderr).toBe(
      'failed to export container: cannot write to a directory\n',
    )
    expect((await run(['export', 'web'], { engine, terminal: true })).stderr).toContain('cowardly refusing')
  })
})
