// What <mach-o/loader.h> and <kern/cs_blobs.h> say of a program for macOS, as far as its signature goes.

/** Where the commands are that tell of the signature, the code and the last segment of a Mach-O file; undefined for those it lacks. */
export function findCommands(bytes) {
  const found = {}
  for (let at = 32, left = bytes.readUInt32LE(16); left > 0; left--, at += bytes.readUInt32LE(at + 4)) {
    const command = bytes.readUInt32LE(at)
    const name = command === LC_SEGMENT_64 ? bytes.toString('latin1', at + 8, at + 24).replace(/\0+$/, '') : ''
    if (command === LC_CODE_SIGNATURE) found.signature ??= at
    if (name === '__TEXT') found.text ??= at
    if (name === '__LINKEDIT') found.last ??= at
  }
  return found
}

/** The flag of a signature for which nobody vouches. */
export const AD_HOC = 0x2

const LC_SEGMENT_64 = 0x19
const LC_CODE_SIGNATURE = 0x1d
