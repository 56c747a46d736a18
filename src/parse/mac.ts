/**
 * Takes a hardware address of 6, 8 or 20 bytes, in pairs with `:` or `-`, in fours with `.`, or bare, and gives it
 * as lower-case pairs with colons; throws `address x: invalid MAC address` (Go net.ParseMAC).
 */
export function parseMac(text: string): string {
  const digits = digitsOf(text)
  const bytes = (digits?.length ?? 0) / 2
  if (digits === undefined || ![6, 8, 20].includes(bytes))
    throw new Error(`${text === '' ? '' : `address ${text}: `}invalid MAC address`)
  return digits.toLowerCase().replace(/..(?=.)/g, '$&:')
}

function digitsOf(text: string): string | undefined {
  const separator = text[2] === ':' || text[2] === '-' ? text[2] : text[4] === '.' ? '.' : ''
  const group = { ':': 2, '-': 2, '.': 4, '': text.length }[separator] ?? 0
  const groups = separator === '' ? [text] : text.split(separator)
  if (!groups.every((digits) => digits.length === group && /^[\da-f]+$/i.test(digits))) return undefined
  return groups.join('')
}
