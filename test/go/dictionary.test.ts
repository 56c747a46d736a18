import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { dictionary } from '../../src/go/dictionary.ts'
import { parseDuration } from '../../src/go/duration.ts'
import { labelText } from '../../src/format/views/labels.ts'
import { variablesOf } from '../../src/parse/key-value.ts'
import { parseChallenges } from '../../src/registry/challenge.ts'
import { decodeShape, map } from '../../src/config/shape.ts'
import { customHeaders } from '../../src/connection/headers.ts'
import { fakeEngine } from '../fake-engine.ts'
import { run } from '../harness.ts'

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

test('a dictionary has the keys that were put there, and no others', () => {
  const words = dictionary<unknown>({ a: 1 })
  for (const name of inherited) {
    expect(words[name]).toBeUndefined()
    words[name] = name
  }
  expect(Object.keys(words)).toEqual(['a', ...inherited])
})

test.each(inherited)('%s from outside is a name like any other', (name) => {
  expect(() => parseDuration(`1${name}`)).toThrow(`time: unknown unit "${name}" in duration "1${name}"`)
  expect(labelText({}, name)).toBe('')
  expect(variablesOf({})(name)).toBeUndefined()
  expect(parseChallenges(`Bearer ${name}=x`)[0]?.parameters[name.toLowerCase()]).toBe('x')
  const parsed = JSON.parse(`{ "${name}": "x" }`) as object
  expect((decodeShape(parsed, map).decoded as Record<string, string>)[name]).toBe('x')
  expect((decodeShape({}, map).decoded as Record<string, string>)[name]).toBeUndefined()
  expect(Object.values(customHeaders(undefined, `${name}=x`))).toEqual(['x'])
})

test('an anonymous volume may have any name', async () => {
  const engine = await fakeEngine({ 'POST /containers/create': { status: 201, json: { Id: 'id', Warnings: [] } } })
  await run(['create', '-v', '__proto__', '-v', '/data', '-e', 'constructor', 'busybox'], { engine })
  const sent = engine.requests[0]?.json as { Volumes: object; Env: string[] }
  expect(Object.keys(sent.Volumes)).toEqual(['__proto__', '/data'])
  expect(sent.Env).toEqual(['constructor'])
})

// A key from outside would meet Object.prototype there; `Object.fromEntries` and JSON.parse make own keys of all.
test('no source fills an ordinary object key by key', () => {
  const files = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const found = files.flatMap((name) => {
    const text = fs.readFileSync(path.join('src', name), 'utf8')
    return [...text.matchAll(/\w+: (?:\w+<)*Record<string, .*> = \{\}$/gm)].map(([line]) => `${name}: ${line}`)
  })
  expect(found).toEqual([])
})
