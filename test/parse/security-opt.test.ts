import { describe, expect, it } from 'vitest'
import { parseSecurityOptions } from '../../src/parse/security-opt.ts'

const files: Record<string, string> = { 'profile.json': '{ "a" : [ 1 ] }\n', 'text.txt': 'not json' }

function readFile(path: string): Uint8Array {
  const text = files[path]
  if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
  return Buffer.from(text)
}

describe('parseSecurityOptions', () => {
  it.each([
    ['no-new-privileges', 'no-new-privileges'],
    ['no-new-privileges=', 'no-new-privileges='],
    ['no-new-privileges:true', 'no-new-privileges:true'],
    ['label=disable', 'label=disable'],
    ['label:user:USER', 'label:user:USER'],
    ['seccomp=unconfined', 'seccomp=unconfined'],
    ['seccomp:builtin', 'seccomp:builtin'],
    ['seccomp=profile.json', 'seccomp={"a":[1]}'],
    ['seccomp:profile.json', 'seccomp={"a":[1]}'],
    ['systempaths=bogus', 'systempaths=bogus'],
  ])('reads %j', (text, option) => {
    expect(parseSecurityOptions([text], readFile)).toEqual({ options: [option], unconfinedPaths: false })
  })

  it.each([
    ['seccomp', 'invalid --security-opt: "seccomp"'],
    ['label=', 'invalid --security-opt: "label="'],
    ['', 'invalid --security-opt: ""'],
    [
      'seccomp=missing.json',
      'opening seccomp profile (missing.json) failed: open missing.json: no such file or directory',
    ],
    [
      'seccomp=text.txt',
      "compacting json for seccomp profile (text.txt) failed: invalid character 'o' in literal null (expecting 'u')",
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseSecurityOptions([text], readFile)).toThrow(new Error(message))
  })

  it('keeps systempaths=unconfined to the client', () => {
    const parsed = parseSecurityOptions(['systempaths=unconfined', 'apparmor=x', 'systempaths=unconfined'], readFile)
    expect(parsed).toEqual({ options: ['apparmor=x'], unconfinedPaths: true })
  })
})
