/** Go's fmt: Sprint, Sprintln and Sprintf over Go values. An argument that is `undefined` is an untyped nil. */
import { Printer } from './printer.ts'
import { dynamic, type Value } from './types.ts'
import { isIntKind, isUintKind } from './number.ts'

type Arg = Value | undefined

/** fmt.Sprint: a space between two arguments when neither is a string. */
export function sprint(args: readonly Arg[]): string {
  const p = new Printer()
  let afterString = true
  for (const arg of args.map(unwrap)) {
    const isString = arg?.type.kind === 'string'
    if (!isString && !afterString) p.text += ' '
    p.printArg(arg, 'v')
    afterString = isString
  }
  return p.text
}

/** fmt.Sprintln: spaces between all arguments and a newline at the end. */
export function sprintln(args: readonly Arg[]): string {
  const p = new Printer()
  for (const [i, arg] of args.entries()) {
    if (i > 0) p.text += ' '
    p.printArg(unwrap(arg), 'v')
  }
  return `${p.text}\n`
}

/** fmt.Sprintf, with Go's marks for what is wrong: `%!d(string=x)`, `%!v(MISSING)`, `%!(EXTRA int=1)`. */
export function sprintf(format: string, args: readonly Arg[]): string {
  return new Formatter(format, args.map(unwrap)).run()
}

const unwrap = (arg: Arg): Arg => (arg?.type.kind === 'interface' ? dynamic(arg.raw) : arg)

const flagNames: Record<string, 'sharp' | 'zero' | 'plus' | 'minus' | 'space'> = {
  '#': 'sharp',
  '0': 'zero',
  '+': 'plus',
  '-': 'minus',
  ' ': 'space',
}

class Formatter {
  readonly p = new Printer()
  readonly format: string
  readonly args: Arg[]
  at = 0
  argNumber = 0
  reordered = false
  goodNumber = true
  afterIndex = false

  constructor(format: string, args: Arg[]) {
    this.format = format
    this.args = args
  }

  run(): string {
    const { p, format, args } = this
    while (this.at < format.length) {
      const percent = format.indexOf('%', this.at)
      p.text += format.slice(this.at, percent < 0 ? undefined : percent)
      if (percent < 0) break
      this.at = percent + 1
      this.directive()
    }
    if (!this.reordered && this.argNumber < args.length) {
      p.clearFlags()
      const extra = args.slice(this.argNumber).map((arg) => this.typed(arg))
      p.text += `%!(EXTRA ${extra.join(', ')})`
    }
    return p.text
  }

  typed(arg: Arg): string {
    if (!arg) return '<nil>'
    const p = new Printer()
    p.printArg(arg, 'v')
    return `${arg.type.name}=${p.text}`
  }

  directive(): void {
    const { p, format, args } = this
    p.clearFlags()
    this.goodNumber = true
    this.afterIndex = false
    for (let flag = flagNames[this.peek()]; flag; flag = flagNames[this.peek()]) {
      p.flags[flag] = true
      this.at++
    }
    this.index()
    this.width()
    this.precision()
    if (!this.afterIndex) this.index()
    if (this.at >= format.length) {
      p.text += '%!(NOVERB)'
      return
    }
    const verb = String.fromCodePoint(format.codePointAt(this.at) as number)
    this.at += verb.length
    if (verb === '%') p.text += '%'
    else if (!this.goodNumber) p.text += `%!${verb}(BADINDEX)`
    else if (this.argNumber >= args.length) p.text += `%!${verb}(MISSING)`
    else {
      if (verb === 'v') p.valueFlags()
      p.printArg(args[this.argNumber++], verb)
    }
  }

  peek(): string {
    return this.format[this.at] ?? ''
  }

  /** An explicit argument number: `[2]`. */
  index(): void {
    this.afterIndex = false
    if (this.peek() !== '[') return
    this.reordered = true
    const close = this.format.indexOf(']', this.at)
    if (close < 0 || this.format.length - this.at < 3) {
      this.goodNumber = false
      this.at++
      return
    }
    const text = this.format.slice(this.at + 1, close)
    this.at = close + 1
    const n = /^\d+$/.test(text) ? Number(text) : Number.NaN
    const ok = n <= 1e7
    this.afterIndex = ok
    if (ok && n >= 1 && n <= this.args.length) this.argNumber = n - 1
    else this.goodNumber = false
  }

  width(): void {
    const { p } = this
    if (this.peek() === '*') {
      this.at++
      const n = this.intArgument()
      if (n === undefined) p.text += '%!(BADWIDTH)'
      else {
        p.width = Math.abs(n)
        if (n < 0) {
          p.flags.minus = true
          p.flags.zero = false
        }
      }
      this.afterIndex = false
      return
    }
    p.width = this.number()
    if (this.afterIndex && p.width !== undefined) this.goodNumber = false
  }

  precision(): void {
    const { p } = this
    if (this.peek() !== '.' || this.at + 1 >= this.format.length) return
    this.at++
    if (this.afterIndex) this.goodNumber = false
    this.index()
    if (this.peek() === '*') {
      this.at++
      const n = this.intArgument()
      if (n === undefined || n < 0) p.text += '%!(BADPREC)'
      else p.precision = n
      this.afterIndex = false
      return
    }
    p.precision = this.number() ?? 0
  }

  /** Digits in the format; a number beyond a million swallows the rest, as in Go. */
  number(): number | undefined {
    const digits = /^\d*/.exec(this.format.slice(this.at))?.[0] ?? ''
    if (digits === '') return undefined
    const n = Number(digits)
    if (digits.length > 7 && Number(digits.slice(0, -1)) > 1e6) {
      this.at = this.format.length
      return undefined
    }
    this.at += digits.length
    return n
  }

  intArgument(): number | undefined {
    const arg = this.args[this.argNumber]
    if (this.argNumber < this.args.length) this.argNumber++
    if (!arg || !(isIntKind(arg.type.kind) || isUintKind(arg.type.kind))) return undefined
    const n = Number(arg.raw)
    return Math.abs(n) > 1e6 ? undefined : n
  }
}
