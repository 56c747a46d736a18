import { bool, method, named, str, uint32 } from '../go/types.ts'

const kinds = Array.from('dalTLDpSugct?')
const permissions = Array.from('rwxrwxrwx')
const typeBits = 0x8f280000

/** Go's fs.FileMode: permissions in the low nine bits, the kinds of file from the top. */
export const fileMode = named('fs.FileMode', uint32, {
  String: method(str, modeText),
  IsDir: method(bool, (mode: number) => mode >>> 31 === 1),
  IsRegular: method(bool, (mode: number) => (mode & typeBits) === 0),
})

function modeText(mode: number): string {
  const kind = kinds.filter((_, i) => (mode >>> (31 - i)) & 1).join('')
  return (kind || '-') + permissions.map((letter, i) => ((mode >>> (8 - i)) & 1 ? letter : '-')).join('')
}
