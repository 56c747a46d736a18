import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pluginHost } from '../../src/plugins/host.ts'
import { run, temporaryFolder, type World } from '../harness.ts'

/** A plugin that notes its arguments, and a file that is named as one but is none. */
function configured(): World & { noted: () => string | undefined } {
  const configDir = temporaryFolder()
  const folder = path.join(configDir, 'cli-plugins')
  const noted = path.join(configDir, 'noted')
  const metadata = '{"SchemaVersion":"0.1.0","Vendor":"V","ShortDescription":"Says hello"}'
  const describe = `if [ "$1" = docker-cli-plugin-metadata ]; then echo '${metadata}'; exit; fi`
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(configDir, 'config.json'), '{}')
  fs.writeFileSync(path.join(folder, 'docker-hello'), `#!/bin/sh\n${describe}\necho "$@" >'${noted}'\n`, {
    mode: 0o755,
  })
  fs.writeFileSync(path.join(folder, 'docker-badmeta'), '#!/bin/sh\necho "{i-am-invalid-json}"\n', { mode: 0o755 })
  return {
    configDir,
    cwd: configDir,
    env: { PATH: process.env.PATH ?? '' },
    plugins: pluginHost('/usr/bin/docket'),
    noted: () => (fs.existsSync(noted) ? fs.readFileSync(noted, 'utf8') : undefined),
  }
}

test.each(['-D', '--debug', '-c Christmas', '--context Christmas', '--who Cleveland', '-v', '--version'])(
  'a flag after the name of a plugin is the plugin’s, though we have it, too: %s',
  async (flag) => {
    const world = configured()
    expect(await run(['hello', ...flag.split(' ')], world)).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect(world.noted()).toBe(`hello ${flag}\n`)
  },
)

test.each(['--unknown hello', '--unknown foo hello', '--unknown=foo hello'])(
  'a flag before it is ours, and refused when we have none such: %s',
  async (line) => {
    const world = configured()
    const { stdout, stderr, exitCode } = await run(line.split(' '), world)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 125 })
    expect(stderr).toMatch(/^unknown flag: --unknown\n/)
    expect(world.noted()).toBeUndefined()
  },
)

test.each(['foo', 'hello'])('version takes no argument, the name of a plugin neither: %s', async (word) => {
  const world = configured()
  const { stdout, stderr, exitCode } = await run(['version', word], world)
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
  expect(stderr).toMatch(/^docker: 'docker version' accepts no arguments\n/)
  expect(world.noted()).toBeUndefined()
})

test('help, --help, no word at all and what is no plugin lead to the same help', async () => {
  const world = configured()
  const help = await run(['help'], world)
  expect(help).toMatchObject({ stderr: '', exitCode: 0 })
  for (const line of [
    /^Management Commands:$/m,
    /^ +container +\S/m,
    /^ +hello\* +Says hello$/m,
    /^ +image +\S/m,
    /^Commands:$/m,
    /^ +create +\S/m,
    /^Invalid Plugins:$/m,
    /^ +badmeta +invalid metadata: invalid character 'i' looking for beginning of object key string$/m,
  ]) {
    expect(help.stdout.match(new RegExp(line, 'gm'))).toHaveLength(1)
  }
  expect(await run(['--help'], world)).toEqual(help)
  expect(await run(['badmeta', '--help'], world)).toEqual(help)
  const deprecated = 'Flag shorthand -h has been deprecated, use --help\n'
  expect(await run(['badmeta', '-h'], world)).toEqual({ ...help, stdout: deprecated + help.stdout })
  expect(await run([], world)).toEqual({ stdout: '', stderr: help.stdout, exitCode: 0 })
  const flagged = await run(['--badopt'], world)
  expect({ stdout: flagged.stdout, exitCode: flagged.exitCode }).toEqual({ stdout: '', exitCode: 125 })
  expect(flagged.stderr).toMatch(/^unknown flag: --badopt\n[^]*Run 'docker --help' for more information\n/)
})
