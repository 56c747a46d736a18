import { describe, expect, it } from 'vitest'
import { bool, commaList, int, list, string } from '../../src/cli/flags.ts'
import { parseFlags } from '../../src/cli/grammar.ts'

const flags = {
  interactive: bool('', { short: 'i' }),
  tty: bool('', { short: 't' }),
  detach: bool('', { short: 'd' }),
  rm: bool(''),
  noTrunc: bool(''),
  publish: list('', { short: 'p' }),
  name: string(''),
  last: int('', { short: 'n' }),
  kernelMemory: string('', { deprecated: 'and no longer supported.' }),
  cacheFrom: commaList(''),
}
const parse = (...argv: string[]) => parseFlags(argv, flags)

describe('flags as pflag reads them', () => {
  it.each([
    [['-itd'], { interactive: true, tty: true, detach: true }],
    [['-dp', '80:80'], { detach: true, publish: ['80:80'] }],
    [['-p80:80'], { publish: ['80:80'] }],
    [['-p=80:80'], { publish: ['80:80'] }],
    [['-dp=80:80'], { detach: true, publish: ['80:80'] }],
    [['--publish=80:80', '-p', '81:81'], { publish: ['80:80', '81:81'] }],
    [['--rm=false'], { rm: false }],
    [['-d=false'], { detach: false }],
    [['--rm', '--rm=0'], { rm: false }],
    [['--no-trunc'], { noTrunc: true }],
    [['--name', 'a', '--name=b'], { name: 'b' }],
    [['--name='], { name: '' }],
    [['-n=-1'], { last: -1 }],
    [['-n0x10'], { last: 16 }],
    [['--cache-from', 'a,b', '--cache-from=c'], { cacheFrom: ['a', 'b', 'c'] }],
    [['-n='], new Error('invalid argument "=" for "-n, --last" flag: strconv.ParseInt: parsing "=": invalid syntax')],
    [['--bogus'], new Error('unknown flag: --bogus')],
    [['-Z'], new Error("unknown shorthand flag: 'Z' in -Z")],
    [['-é'], new Error("unknown shorthand flag: 'Ã' in -é")],
    [['-d日'], new Error("unknown shorthand flag: 'æ' in -日")],
    [['-itZ'], new Error("unknown shorthand flag: 'Z' in -Z")],
    [['--name'], new Error('flag needs an argument: --name')],
    [['-n'], new Error("flag needs an argument: 'n' in -n")],
    [['-dn'], new Error("flag needs an argument: 'n' in -n")],
    [['--=x'], new Error('bad flag syntax: --=x')],
    [['---x'], new Error('bad flag syntax: ---x')],
    [
      ['--detach=maybe'],
      new Error('invalid argument "maybe" for "-d, --detach" flag: strconv.ParseBool: parsing "maybe": invalid syntax'),
    ],
  ])('%j', (argv, wanted) => {
    if (wanted instanceof Error) expect(parse(...argv).problem).toBe(wanted.message)
    else expect(parse(...argv)).toMatchObject({ options: wanted, args: [], warnings: [] })
  })

  it('keeps only what was set', () => {
    expect(parse('x').options).toEqual({})
  })

  it('takes arguments between flags, unless the first one ends them', () => {
    expect(parse('a', '-d', 'b').args).toEqual(['a', 'b'])
    const early = parseFlags(['-d', 'busybox', 'ls', '-i', '--help'], flags, { interspersed: false })
    expect(early).toMatchObject({ options: { detach: true }, args: ['busybox', 'ls', '-i', '--help'], help: false })
  })

  it('ends flags at --, and takes a lone dash as an argument', () => {
    expect(parse('-', '--', '-d', '--')).toMatchObject({ options: {}, args: ['-', '-d', '--'] })
  })

  it('knows --help anywhere and -h with a word of warning', () => {
    expect(parse('x', '--help').help).toBe(true)
    expect(parse('-h')).toMatchObject({ help: true, warnings: ['Flag shorthand -h has been deprecated, use --help'] })
    expect(parseFlags(['-h', 'box'], { hostname: string('', { short: 'h' }) })).toMatchObject({
      help: false,
      options: { hostname: 'box' },
    })
  })

  it('gives what came before a problem, and counts --help=false as a flag', () => {
    expect(parse('-d', 'x', '--bogus', '-t')).toMatchObject({
      options: { detach: true },
      problem: 'unknown flag: --bogus',
    })
    expect([parse('x').anyFlag, parse('--help=false').anyFlag, parse('-d').anyFlag]).toEqual([false, true, true])
  })

  it('warns of deprecated flags', () => {
    expect(parse('--kernel-memory', '1').warnings).toEqual([
      'Flag --kernel-memory has been deprecated, and no longer supported.',
    ])
  })
})
