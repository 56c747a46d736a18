// Signs a program for macOS "ad hoc": with the hashes of its pages, for which nobody vouches.
import crypto from 'node:crypto'
import fs from 'node:fs'
import { AD_HOC, findCommands } from './mach-o.mjs'

/**
 * Replaces the signature at the end of a Mach-O file by one of the bytes that it has now (<kern/cs_blobs.h>; the same as the linkers of
 * Go and LLVM make). Throws where there is none to replace.
 */
export function signMachO(file) {
  const bytes = fs.readFileSync(file)
  const commands = findCommands(bytes)
  for (const name of ['signature', 'text', 'last'])
    if (commands[name] === undefined) throw new Error(`no ${name} command`)
  const { signature, text, last } = commands
  const limit = bytes.readUInt32LE(signature + 8)
  const size = HEAD + IDENTIFIER.length + HASH * Math.ceil(limit / PAGE)
  // The commands are in a page that is signed.
  bytes.writeUInt32LE(size, signature + 12)
  const lastSize = limit + size - Number(bytes.readBigUInt64LE(last + 40))
  bytes.writeBigUInt64LE(BigInt(lastSize), last + 48)
  const inMemory = Math.max(Number(bytes.readBigUInt64LE(last + 32)), Math.ceil(lastSize / PAGE) * PAGE)
  bytes.writeBigUInt64LE(BigInt(inMemory), last + 32)
  const executable = [bytes.readBigUInt64LE(text + 40), bytes.readBigUInt64LE(text + 48)]
  const code = bytes.subarray(0, limit)
  fs.writeFileSync(file, Buffer.concat([code, signatureHead(limit, size, executable), IDENTIFIER, ...hashesOf(code)]))
}

/** A blob of one blob, and the head of that one, the directory of hashes. */
function signatureHead(limit, size, [executableFrom, executableSize]) {
  const head = Buffer.alloc(HEAD)
  const directory = [
    [0xfade0c02, size - DIRECTORY, VERSION, AD_HOC | LINKER_SIGNED],
    [HEAD - DIRECTORY + IDENTIFIER.length, HEAD - DIRECTORY, 0, Math.ceil(limit / PAGE), limit],
  ].flat()
  const words = [0xfade0cc0, size, 1, 0, DIRECTORY, ...directory]
  words.forEach((word, i) => head.writeUInt32BE(word, 4 * i))
  head.set([HASH, SHA256, 0, Math.log2(PAGE)], DIRECTORY + 36)
  head.writeBigUInt64BE(executableFrom, DIRECTORY + 64)
  head.writeBigUInt64BE(executableSize, DIRECTORY + 72)
  head.writeBigUInt64BE(MAIN_BINARY, DIRECTORY + 80)
  return head
}

function hashesOf(code) {
  const pages = Array.from({ length: Math.ceil(code.length / PAGE) }, (_, i) => code.subarray(i * PAGE, (i + 1) * PAGE))
  return pages.map((page) => crypto.hash('sha256', page, 'buffer'))
}

/** Where the directory begins, and where its head ends. */
const DIRECTORY = 20
const HEAD = DIRECTORY + 88
const IDENTIFIER = Buffer.from('a.out\0')
const PAGE = 4096
const HASH = 32
const SHA256 = 2
const VERSION = 0x20400
const LINKER_SIGNED = 0x20000
const MAIN_BINARY = 1n
