import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkFormat } from '../../scripts/binary-format.mjs'
import { signMachO } from '../../scripts/sign-mach-o.mjs'
import { temporaryFolder } from '../harness.ts'

/** A program for macOS, as small as one can be that has what a signature is about: 10,000 bytes, and then a signature of nothing. */
function machO(): string {
  const bytes = Buffer.alloc(10_016, 'code')
  bytes.fill(0, 0, 32 + 72 + 72 + 16)
  const words = (at: number, ...values: number[]): void =>
    values.forEach((value, i) => bytes.writeUInt32LE(value, at + 4 * i))
  words(0, 0xfeedfacf, 0x01000007, 3, 2, 3)
  const segments = [
    ['__TEXT', 0, 8192],
    ['__LINKEDIT', 8192, 1824],
  ] as const
  segments.forEach(([name, from, size], i) => {
    const at = 32 + 72 * i
    words(at, 0x19, 72)
    bytes.write(name, at + 8)
    for (const [offset, value] of [
      [24, from],
      [32, 8192],
      [40, from],
      [48, size],
    ] as const)
      words(at + offset, value)
  })
  words(32 + 144, 0x1d, 16, 10_000, 16)
  const file = path.join(temporaryFolder(), 'program')
  fs.writeFileSync(file, bytes)
  return file
}

/** Writes `value`, in the order of the target's processor, at a place of a file. */
function change(file: string, at: number, value: number): void {
  const bytes = fs.readFileSync(file)
  bytes.writeUInt32LE(value, at)
  fs.writeFileSync(file, bytes)
}

it('takes a program for macOS that is signed as it is', () => {
  const file = machO()
  signMachO(file)
  expect(() => checkFormat(file, 'darwin-x64')).not.toThrow()
  expect(() => checkFormat(file, 'darwin-arm64')).toThrow('is no program for darwin-arm64: its machine is')
  // Once more, and it is the same.
  const signed = fs.readFileSync(file)
  signMachO(file)
  expect(fs.readFileSync(file).equals(signed)).toBe(true)
})

it.each([
  ['the first page', 4000, 'the hash of page 0 is'],
  ['the last page', 9990, 'the hash of page 2 is'],
  ['a hash', 10_000 + 20 + 88 + 6 + 40, 'the hash of page 1 is'],
  ['the flags', 10_000 + 20 + 12, 'the flag for an ad hoc signature is 0 where 2 is expected'],
])('refuses a program for macOS in which %s was changed after it was signed', (_, at, problem) => {
  const file = machO()
  signMachO(file)
  change(file, at, 0)
  expect(() => checkFormat(file, 'darwin-x64')).toThrow(problem)
})

it('refuses a program for macOS without a signature, or with one of nothing', () => {
  const file = machO()
  expect(() => checkFormat(file, 'darwin-x64')).toThrow("its signature's magic number is")
  change(file, 16, 2)
  expect(() => checkFormat(file, 'darwin-x64')).toThrow('it is not signed')
})

it.skipIf(process.platform !== 'linux')('tells the libraries and machines of programs for Linux', () => {
  const node = fs.realpathSync(process.execPath)
  const [here, other] = process.arch === 'x64' ? ['x64', 'arm64'] : ['arm64', 'x64']
  expect(() => checkFormat(node, `linux-${here}`)).not.toThrow()
  expect(() => checkFormat(node, `linux-${here}-musl`)).toThrow('its interpreter is "/lib')
  expect(() => checkFormat(node, `linux-${other}`)).toThrow('its machine is')
  expect(() => checkFormat(node, 'windows-x64')).toThrow('its magic number is')
  expect(() => checkFormat(node, 'darwin-x64')).toThrow('its magic number is')
})
