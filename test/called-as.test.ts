import { expect, it } from 'vitest'
import { calledAs, programName } from '../src/called-as.ts'

it.each([
  [['/usr/bin/node', '/usr/bin/docker'], 'node', '/usr/bin/docker'],
  [['bun', '/$bunfs/root/docket-linux-x64'], './docker', './docker'],
  [['bun', 'B:\\~BUN\\root\\docket-windows-x64.exe'], 'docker.exe', 'docker.exe'],
  [['bun', 'B:/~BUN/root/docket.exe'], 'docket', 'docket'],
])('takes %j called as %s for %s', (argv, argv0, command) => {
  expect(calledAs({ argv, argv0 })).toBe(command)
})

it.each([
  ['/usr/bin/docker', 'docker'],
  ['C:\\Tools\\Docker.EXE', 'Docker'],
  ['bin/docket.mjs', 'docket'],
  ['docket-linux-x64', 'docket-linux-x64'],
  ['', 'docket'],
])('calls %s %s', (command, name) => {
  expect(programName(command)).toBe(name)
})
