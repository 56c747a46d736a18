import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { run, temporaryFolder } from '../../harness.ts'

const first = 'version: "3.7"\nservices:\n  foo:\n    image: busybox:latest\n    command: cat file1.txt\n'
const second = 'version: "3.7"\nservices:\n  foo:\n    image: busybox:${VERSION}\n    command: cat file2.txt\n'

/** A folder with these files. */
function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text)
  return folder
}

describe('docker stack config', () => {
  it('asks for a file', async () => {
    expect(await run(['stack', 'config'])).toEqual({
      stdout: '',
      stderr: 'specify a Compose file (with --compose-file)\n',
      exitCode: 1,
    })
  })

  test.each([
    [[], '1.0'],
    [['--skip-interpolation'], '${VERSION}'],
  ])('prints files as one %j', async (flags, tag) => {
    const cwd = folderWith({ 'first.yml': first, 'second.yml': second })
    const files = ['--compose-file', 'first.yml', '-c', 'second.yml']
    expect(await run(['stack', 'config', ...files, ...flags], { cwd, env: { VERSION: '1.0' } })).toEqual({
      stdout: `version: "3.7"\nservices:\n  foo:\n    command:\n      - cat\n      - file2.txt\n    image: busybox:${tag}\n`,
      stderr: '',
      exitCode: 0,
    })
  })

  it('takes a version that is not the newest, and commands as one word', async () => {
    const service = '    image: registry:5000/alpine:frozen\n    command: top\n'
    const cwd = folderWith({ 'full.yml': `version: '3.3'\n\nservices:\n  one:\n${service}  two:\n${service}` })
    const shown = '    command:\n      - top\n    image: registry:5000/alpine:frozen\n'
    expect(await run(['stack', 'config', '--compose-file=./full.yml'], { cwd })).toEqual({
      stdout: `version: "3.3"\nservices:\n  one:\n${shown}  two:\n${shown}`,
      stderr: '',
      exitCode: 0,
    })
  })

  it('reads stdin and counts paths from the working folder', async () => {
    const cwd = folderWith({ 'web.env': 'A=1\nB\n' })
    const stdin = 'services: {a: {image: x, env_file: web.env, volumes: ["./s:/t"]}}\nsecrets: {s: {file: f}}'
    const { stdout } = await run(['stack', 'config', '-c', '-'], { cwd, stdin, env: { B: 'b' } })
    expect(stdout).toContain('environment:\n      A: "1"\n      B: b\n')
    expect(stdout).toContain(`source: ${cwd}/s\n`)
    expect(stdout).toContain(`file: ${cwd}/f\n`)
  })

  it("counts paths from the first file's folder", async () => {
    const cwd = folderWith({})
    fs.mkdirSync(path.join(cwd, 'sub'))
    fs.writeFileSync(path.join(cwd, 'sub/a.yml'), 'services: {a: {image: x, volumes: ["./s:/t"]}}')
    const { stdout } = await run(['stack', 'config', '-c', 'sub/a.yml'], { cwd })
    expect(stdout).toContain(`source: ${cwd}/sub/s\n`)
  })

  it('names a file that cannot be read', async () => {
    const cwd = folderWith({ 'a.yml': 'services: {a: {image: x, env_file: b.env}}' })
    const missing = await run(['stack', 'config', '-c', 'missing.yml'], { cwd })
    expect(missing.stderr).toBe('open missing.yml: no such file or directory\n')
    const folder = await run(['stack', 'config', '-c', '.'], { cwd })
    expect(folder.stderr).toBe('read .: is a directory\n')
    const envFile = await run(['stack', 'config', '-c', 'a.yml'], { cwd })
    expect(envFile.stderr).toBe(`open ${cwd}/b.env: no such file or directory\n`)
  })

  it('warns of what is deprecated', async () => {
    const stdin = 'services: {a: {image: x}}\nvolumes: {v: {external: {name: other}}}'
    const { stdout, stderr } = await run(['stack', 'config', '-c', '-'], { stdin })
    expect(stdout).toContain('volumes:\n  v:\n    name: other\n    external: true\n')
    expect(stderr).toContain(
      'level=warning msg="volume v: volume.external.name is deprecated in favor of volume.name"\n',
    )
  })

  it('refuses what a stack cannot have', async () => {
    const { stderr } = await run(['stack', 'config', '-c', '-'], { stdin: 'services: {a: {image: x, mem_limit: 5}}' })
    expect(stderr).toBe('Configuration contains forbidden properties\n')
  })
})
