import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { onEngines, type TestEngine } from '../engines.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'docket-archives-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** A folder on a disk of `size`. */
function smallDisk(size: string): string {
  const made = join(folder(), 'disk')
  mkdirSync(made)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', made])
  onTestFinished(() => void execFileSync('umount', [made]))
  return made
}

onEngines('save and load', (engine) => {
  const { docket } = engine

  test('carry images through a file and through a pipe, names and all', async () => {
    const file = join(folder(), 'saved.tar')
    await docket(['tag', 'busybox', 'carried:1'])
    const id = await idOf(engine, 'carried:1')
    expect(await docket(['save', '-o', file, 'carried:1'])).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const piped = await docket(['save', 'carried:1'])
    expect(piped.bytes.length).toBeGreaterThan(1_000_000)

    await docket(['rmi', 'carried:1'])
    const loaded = await docket(['load', '-i', file])
    expect(loaded).toMatchObject({ code: 0 })
    expect(loaded.stdout).toMatch(/^Loaded image: .*carried:1/)
    expect(await idOf(engine, 'carried:1')).toBe(id)
    await docket(['rmi', 'carried:1'])
    expect((await docket(['load', '-q'], { input: piped.bytes })).stdout).toMatch(/Loaded image: .*carried:1/)
    expect((await docket(['rmi', 'carried:1'])).code).toBe(0)
  })

  test('leave no half file on a full disk, and keep the file that was there', async () => {
    const disk = smallDisk('256k')
    const file = join(disk, 'saved.tar')
    writeFileSync(file, 'before')
    const { code, stderr } = await docket(['save', '-o', file, 'busybox'])
    expect(code).toBe(1)
    expect(stderr).toContain('no space left on device')
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readdirSync(disk)).toEqual(['saved.tar'])
  })

  test('leave no file for an image that is not there', async () => {
    const file = join(folder(), 'saved.tar')
    const { code, stderr } = await docket(['save', '-o', file, 'busybox', 'absent:9'])
    expect(code).toBe(1)
    // Newer daemons do not say which.
    expect(stderr).toMatch(/absent|does not exist/)
    expect(existsSync(file)).toBe(false)
  })

  test('refuse an archive that is cut short, and one that is none', async () => {
    const { bytes } = await docket(['save', 'busybox'])
    for (const input of [bytes.subarray(0, bytes.length / 2), Buffer.from('no tar at all')]) {
      const { code, stderr } = await docket(['load'], { input })
      expect(code).toBe(1)
      expect(stderr).not.toBe('')
    }
  })
})

onEngines('a list of images', (engine) => {
  const { docket } = engine

  test('has a history, a place in system df, and goes with rmi beside one that is absent', async () => {
    await docket(['tag', 'busybox', 'listed:1'])
    expect((await docket(['history', 'listed:1'])).stdout).toMatch(/^IMAGE +CREATED +CREATED BY +SIZE +COMMENT\n/)
    expect((await docket(['system', 'df'])).stdout).toMatch(/^TYPE[^]*\nImages +\d+/)
    const id = (await docket(['images', '-q', 'listed'])).stdout.slice(0, 12)
    expect((await docket(['system', 'df', '-v'])).stdout).toContain(id)
    const removed = await docket(['rmi', 'absent:1', 'listed:1'])
    expect(removed.code).toBe(1)
    expect(removed.stdout).toMatch(/Untagged: .*listed:1\n/)
    expect(removed.stderr).toMatch(/absent/)
    expect((await docket(['images', '-q', 'listed'])).stdout).toBe('')
  })

  test('is a view for people at a terminal, in colour unless they refuse it', async () => {
    const coloured = engine.terminal(['images'], { columns: 100 })
    const { code, output } = await ended(coloured)
    expect(code).toBe(0)
    expect(output).toContain('In Use')
    expect(output).toContain(escape)
    const bare = await ended(engine.terminal(['images'], { columns: 100, env: { NO_COLOR: '1' } }))
    expect(bare.output).toContain('IMAGE')
    expect(bare.output).not.toContain(escape)
  })
})

/** How a sequence that sets a colour begins. */
const escape = '\u001B['

async function idOf({ docket }: TestEngine, image: string): Promise<string> {
  return (await docket(['image', 'inspect', '--format', '{{.Id}}', image])).stdout
}

async function ended(terminal: ReturnType<TestEngine['terminal']>): Promise<{ code: number; output: string }> {
  const { code } = await terminal.ended()
  return { code, output: terminal.shown() }
}
