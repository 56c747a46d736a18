/** Whether a name matches a shell pattern as Go's path.Match has it; a malformed pattern matches nothing. */
export function matchName(pattern: string, name: string): boolean {
  const expression = toExpression(pattern)
  return expression?.test(name) === true
}

function toExpression(pattern: string): RegExp | undefined {
  if (!WELL_FORMED.test(pattern)) return undefined
  const source = pattern.replace(TOKEN, (token) => {
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.length > 1 && token.startsWith('[')) return classSource(token)
    return literal(token.length > 1 && token.startsWith('\\') ? token.slice(1) : token)
  })
  return new RegExp(`^${source}$`, 'su')
}

// A range that ends before it begins holds nothing.
function classSource(token: string): string {
  const isNegated = token.startsWith('[^')
  const members = [...token.slice(isNegated ? 2 : 1, -1).matchAll(RANGE)].map(([, low = '', high = low]) => {
    const [from, to] = [low, high].map((end) => (end.length > 1 && end.startsWith('\\') ? end.slice(1) : end))
    return (from ?? '') > (to ?? '') ? '' : `${literal(from ?? '')}-${literal(to ?? '')}`
  })
  return `[${isNegated ? '^' : ''}${members.join('')}]`
}

function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char
}

const END = String.raw`(?:\\[^]|[^\\\]-])`
const CLASS = String.raw`\[\^?(?:${END}(?:-${END})?)+\]`
const WELL_FORMED = new RegExp(String.raw`^(?:\\[^]|${CLASS}|[^\\[])*$`, 'u')
const TOKEN = new RegExp(String.raw`\\[^]|${CLASS}|[^]`, 'gu')
const RANGE = new RegExp(`(${END})(?:-(${END}))?`, 'gu')
