import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { run } from '../harness.ts'

describe('what a command line leads to', () => {
  it.each([
    [['rn'], "docker: unknown command: docker rn\n\nRun 'docker --help' for more information\n", 1],
    [
      ['image', 'bogus'],
      "docker: unknown command: docker image bogus\n\nUsage:  docker image\n\nRun 'docker image --help' for more information\n",
      1,
    ],
    [
      ['--bogus', 'ps'],
      "unknown flag: --bogus\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
      125,
    ],
    [
      ['rn', '-p', '1'],
      "unknown shorthand flag: 'p' in -p\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
      125,
    ],
    [['container', '--context', 'x', 'ls'], 'unknown flag: --context\n', 1],
    [['-l', 'bogus', 'ps'], 'Unable to parse logging level: bogus\n', 1],
    [['-c', 'a', '-H', 'unix:///x', 'ps'], 'conflicting options: cannot specify both --host and --context\n', 1],
    [['help', 'bogus'], 'unknown help topic: bogus\n', 1],
    [
      ['tag', 'a'],
      "docker: 'docker tag' requires 2 arguments\n\nUsage:  docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]\n\nRun 'docker tag --help' for more information\n",
      1,
    ],
  ])('%j', async (argv, stderr, exitCode) => {
    expect(await run(argv)).toEqual({ stdout: '', stderr, exitCode })
  })

  it('prints help where it is asked for, on stdout, and on stderr for a noun without a verb', async () => {
    expect(await run(['network', 'create', 'x', '--help'])).toMatchObject({ stderr: '', exitCode: 0 })
    expect((await run(['network', '--help', 'create'])).stdout).toMatch(
      /^Usage: {2}docker network create \[OPTIONS\] NETWORK\n/,
    )
    expect((await run(['help', 'network', 'create'])).stdout).toMatch(/^Usage: {2}docker network create/)
    const bare = await run(['volume'], { engine: await fakeEngine() })
    expect(bare).toMatchObject({ stdout: '', exitCode: 0 })
    expect(bare.stderr).toMatch(/^Usage: {2}docker volume COMMAND\n/)
  })

  it('knows every command by its other names', async () => {
    const engine = await fakeEngine({ 'GET /networks': { json: [] } })
    expect((await run(['network', 'list', '-q'], { engine })).exitCode).toBe(0)
  })

  it('refuses what the daemon is too old for', async () => {
    const engine = await fakeEngine({}, { apiVersion: '1.41' })
    expect((await run(['volume', 'prune', '--all', '-f'], { engine })).stderr).toBe(
      '"--all" requires API version 1.42, but the Docker daemon API version is 1.41\n',
    )
    expect((await run(['volume', 'update', 'v', 'x'], { engine })).stderr).toBe(
      'docker volume update requires API version 1.42, but the Docker daemon API version is 1.41\n',
    )
  })
})
