import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const src = path.join(import.meta.dirname, '../src')

it('has no circle of imports, those of types included', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const graph = new Map(files.map((name) => [path.join(src, name), importsOf(path.join(src, name))]))
  // What a file waits for before it could stand alone: peeled off from below, a circle is what stays.
  for (let free = leaves(graph); free.length > 0; free = leaves(graph)) for (const file of free) graph.delete(file)
  // Above a circle is no part of it.
  for (let unused = roots(graph); unused.length > 0; unused = roots(graph)) {
    for (const file of unused) graph.delete(file)
  }
  expect([...graph.keys()].map((file) => path.relative(src, file))).toEqual([])
})

/** The files that `file` imports statically; an import() is a later step and may point back. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\s[^'"]*?from '(\.[^']+)'/gm)
  return [...found].map(([, name = '']) => path.resolve(path.dirname(file), name))
}

function leaves(graph: Map<string, string[]>): string[] {
  return [...graph].filter(([, imports]) => !imports.some((file) => graph.has(file))).map(([file]) => file)
}

function roots(graph: Map<string, string[]>): string[] {
  const imported = new Set([...graph.values()].flat())
  return [...graph.keys()].filter((file) => !imported.has(file))
}
