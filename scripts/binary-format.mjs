// What kind of file a binary has to be for the systems of its target to run it: the checks that need no such system.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { AD_HOC, findCommands } from './mach-o.mjs'

/** Throws, saying why, unless `file` is a program for `target`, one of bun.mjs; for macOS, one whose signature holds. */
export function checkFormat(file, target) {
  const bytes = fs.readFileSync(file)
  const [system, machine, libc = 'glibc'] = target.split('-')
  try {
    if (system === 'linux') checkElf(bytes, machine, libc)
    else if (system === 'darwin') checkMachO(bytes, machine)
    else checkPe(bytes, machine)
  } catch (error) {
    throw new Error(`${file} is no program for ${target}: ${error.message}`, { cause: error })
  }
}

const INTERPRETERS = {
  glibc: { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' },
  musl: { x64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' },
}

// elf(5)
function checkElf(bytes, machine, libc) {
  expect('its magic number', bytes.readUInt32BE(0), 0x7f454c46)
  expect('its class, 64 bits with the lowest byte first,', bytes.readUInt16BE(4), 0x0201)
  expect('its machine', bytes.readUInt16LE(18), { x64: 62, arm64: 183 }[machine])
  const [table, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)]
  const segments = Array.from({ length: count }, (_, i) => table + i * size)
  const interpreter = segments.find((at) => bytes.readUInt32LE(at) === PT_INTERP)
  const from = interpreter === undefined ? 0 : Number(bytes.readBigUInt64LE(interpreter + 8))
  expect('its interpreter', textAt(bytes, from), INTERPRETERS[libc][machine])
}

// Microsoft's "PE Format"
function checkPe(bytes, machine) {
  expect('its magic number', bytes.toString('latin1', 0, 2), 'MZ')
  const header = bytes.readUInt32LE(0x3c)
  expect('its second magic number', bytes.toString('latin1', header, header + 4), 'PE\0\0')
  expect('its machine', bytes.readUInt16LE(header + 4), { x64: 0x8664, arm64: 0xaa64 }[machine])
}

/**
 * <mach-o/loader.h>. On arm64 macOS kills a program whose pages are not those that its signature has the hashes of, or that has none;
 * that nobody vouches for the signature ("ad hoc") it takes.
 */
function checkMachO(bytes, machine) {
  expect('its magic number', bytes.readUInt32LE(0), 0xfeedfacf)
  expect('its machine', bytes.readUInt32LE(4), { x64: 0x01000007, arm64: 0x0100000c }[machine])
  const { signature, last } = findCommands(bytes)
  if (signature === undefined) throw new Error('it is not signed')
  const [at, size] = [bytes.readUInt32LE(signature + 8), bytes.readUInt32LE(signature + 12)]
  expect('the end of its signature', at + size, bytes.length)
  if (last === undefined) throw new Error('it has no __LINKEDIT')
  const end = bytes.readBigUInt64LE(last + 40) + bytes.readBigUInt64LE(last + 48)
  expect('the end of its last segment', Number(end), bytes.length)
  checkSignature(bytes, at)
}

/** <kern/cs_blobs.h>: a blob of blobs, one of which is the directory of the pages' hashes. All numbers have the highest byte first. */
function checkSignature(bytes, at) {
  expect("its signature's magic number", bytes.readUInt32BE(at), 0xfade0cc0)
  const slots = Array.from({ length: bytes.readUInt32BE(at + 8) }, (_, i) => at + 12 + 8 * i)
  const slot = slots.find((place) => bytes.readUInt32BE(place) === CODE_DIRECTORY)
  if (slot === undefined) throw new Error('its signature has no hashes')
  const directory = at + bytes.readUInt32BE(slot + 4)
  expect("the hashes' magic number", bytes.readUInt32BE(directory), 0xfade0c02)
  expect('the flag for an ad hoc signature', bytes.readUInt32BE(directory + 12) & AD_HOC, AD_HOC)
  expect("the hashes' size", bytes[directory + 36], 32)
  expect("the hashes' kind, SHA-256,", bytes[directory + 37], 2)
  const limit = bytes.readUInt32BE(directory + 32)
  expect('the end of what is signed', limit, at)
  const page = 2 ** bytes[directory + 39]
  const pages = bytes.readUInt32BE(directory + 28)
  expect('the number of hashes', pages, Math.ceil(limit / page))
  const hashes = directory + bytes.readUInt32BE(directory + 16)
  for (let i = 0; i < pages; i++) {
    const found = crypto.hash('sha256', bytes.subarray(i * page, Math.min((i + 1) * page, limit)), 'hex')
    expect(`the hash of page ${i}`, bytes.toString('hex', hashes + 32 * i, hashes + 32 * (i + 1)), found)
  }
}

function textAt(bytes, at) {
  return bytes.toString('latin1', at, bytes.indexOf(0, at))
}

function expect(what, found, wanted) {
  if (found !== wanted)
    throw new Error(`${what} is ${JSON.stringify(found)} where ${JSON.stringify(wanted)} is expected`)
}

const PT_INTERP = 3
const CODE_DIRECTORY = 0
