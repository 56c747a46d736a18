import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const DECLARATION = /^(?:export )?(?:declare )?(class|interface|type|function|const) (\w+)/
const MEMBER = /^ {4}(?:get |readonly |static )*(\w+)[?(<:; =]/
/** The interfaces that are this library's and not the API's. */
const OWN =
  /Options$|^(?:Transport|HijackedStream|Request|EngineRequest|EngineAddress|ResponseBody|LogChunk|Demultiplexer|PingInfo|RegistryCall|ReplyProblem|SwarmRotation|AbsoluteForm|OnRead)/

test('every exported name, member of a class and option has a docstring', () => {
  const report = readFileSync(path.join(import.meta.dirname, '../../docs/engine-api.d.ts'), 'utf8')
  const names = documented(report)
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['openEngine', 'OpenEngineOptions.host', 'Containers.create', 'Engine.system', 'Volume']),
  )
  expect(names.filter(({ hasDocstring }) => !hasDocstring).map(({ name }) => name)).toEqual([])
})

test('what has no docstring is seen', () => {
  const text = `// engine/one.d.ts
/** One. */
export declare class One {
    #private;
    constructor(options: object);
    /** Two. */
    two(options?: {
        nested?: string;
    }): void;
    get three(): string;
    readonly four = "x";
    five<T>(
        id: string): void;
}
interface SixOptions {
    /** Seven,
     * in two lines. */
    seven?: string;
    eight: string;
}
/** Nine, whose fields are the API's. */
export interface Nine {
    Ten: string;
}
export type Eleven = string;
// go/types.d.ts
export declare function twelve(): void;
`
  const without = documented(text).filter(({ hasDocstring }) => !hasDocstring)
  const expected = ['One.three', 'One.four', 'One.five', 'SixOptions', 'SixOptions.eight', 'Eleven']
  expect(without.map(({ name }) => name)).toEqual(expected)
})

/** What declarations name, each with whether a docstring goes before it; of the API's own types not their fields. */
function documented(text: string): { name: string; hasDocstring: boolean }[] {
  const found: { name: string; hasDocstring: boolean }[] = []
  // Go's types are reached by the declarations, but not exported.
  for (const file of text.split(/^\/\/ (?=\S+\.d\.ts$)/m).filter((each) => !each.startsWith('go/'))) {
    const lines = file.split('\n')
    let owner = ''
    for (const [i, line] of lines.entries()) {
      const hasDocstring = lines[i - 1]?.endsWith('*/') === true
      const [, kind, declared = ''] = DECLARATION.exec(line) ?? []
      const [, member] = MEMBER.exec(line) ?? []
      if (kind !== undefined) {
        found.push({ name: declared, hasDocstring })
        owner = kind === 'class' || OWN.test(declared) ? declared : ''
      } else if (owner !== '' && member !== undefined && member !== 'constructor' && member !== 'name') {
        found.push({ name: `${owner}.${member}`, hasDocstring })
      }
    }
  }
  return found
}
