import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toBytes } from '../../../src/go/strings.ts'
import { dockerFunctions } from '../../../src/format/template/docker.ts'
import { isTemplateError } from '../../../src/format/template/errors.ts'
import { compile, print, type ExecuteOptions } from '../../../src/format/template/template.ts'
import { goData } from './data.ts'

type Vector = [data: string, template: string, option?: string, output?: string, error?: string, tree?: string]

// What Go's text/template makes of each template and value; the types are the twins of those in data.ts.
const { data, cases } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
  data: Record<string, string>
  cases: Vector[]
}
const values = goData(data)

function run([name, text, option = '']: Vector): { output: string; error: string; tree: string } {
  let tree = ''
  try {
    const template = compile('', text, { funcs: dockerFunctions })
    const own = template.trees.get('')
    tree = own ? print(own) : ''
    return { output: shown(template.execute(values[name], optionsOf(option))), error: '', tree }
  } catch (error) {
    if (!isTemplateError(error)) throw error
    return { output: shown(error.output), error: shown(error.message), tree }
  }
}

function optionsOf(option: string): ExecuteOptions {
  if (option === 'missingkey=error') return { missingKey: 'error' }
  return option === 'missingkey=zero' ? { missingKey: 'zero' } : {}
}

function shown(text: string): string {
  return new TextDecoder().decode(toBytes(text))
}

describe('templates do what they do in Go', { timeout: 60_000 }, () => {
  test.each(Object.keys(values))('with data %s', (name) => {
    const mine = cases.filter(([of]) => of === name)
    expect(mine.length).toBeGreaterThan(3)
    const results = mine.map((vector) => [vector[1], run(vector)])
    const expected = mine.map(([, text, , output = '', error = '', tree = '']) => [
      text,
      { output, error, tree: tree === '=' ? text : tree },
    ])
    expect(results).toEqual(expected)
  })
})
