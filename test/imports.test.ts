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

const folders = readdirSync(src, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
type Law = Record<string, readonly string[]>
const { mayImport: law, mayImportTypes: typesOnly } = JSON.parse(
  readFileSync(path.join(src, '../imports.json'), 'utf8'),
) as { mayImport: Law; mayImportTypes: Law }

it.each(folders.filter((name) => name !== 'commands'))(
  '%s imports the folders that the law names, each of them',
  (folder) => {
    const files = readdirSync(path.join(src, folder), { recursive: true, encoding: 'utf8' })
    const imported = files
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => allImportsOf(path.join(src, folder, name)))
      .map((name) => path.relative(src, name).split(path.sep))
      .flatMap(([first = '', ...rest]) => (rest.length === 0 || first === folder ? [] : [first]))
    expect([...new Set(imported)].toSorted()).toEqual([...law[folder]!, ...(typesOnly[folder] ?? [])].toSorted())
  },
)

it('is drawn in CONTRIBUTING.md: a row for each folder, and the law as the linter has it', () => {
  const text = readFileSync(path.join(src, '../CONTRIBUTING.md'), 'utf8')
  const layout = text.slice(text.indexOf('## Layout'), text.indexOf('## Laws'))
  expect(folders.filter((name) => !layout.includes(`\`src/${name}/`))).toEqual([])
  const rows = [...text.matchAll(/^\| `([a-z]+)` +\| (.*?) +\|$/gm)].map(([, folder = '', list = '']) => [folder, list])
  const drawn = Object.entries(law).map(([folder, others]) => {
    const types = (typesOnly[folder] ?? []).map((name) => `types of ${name}`)
    return [folder, [...others, ...types].join(', ') || 'nothing']
  })
  expect(rows).toEqual(drawn)
})

/** The files that `file` imports statically; an import() is a later step and may point back. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\s[^'"]*?from '(\.[^']+)'/gm)
  return [...found].map(([, name = '']) => path.resolve(path.dirname(file), name))
}

/** Those, and the files that it imports late. */
function allImportsOf(file: string): string[] {
  const late = readFileSync(file, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)
  return [...importsOf(file), ...[...late].map(([, name = '']) => path.resolve(path.dirname(file), name))]
}

function leaves(graph: Map<string, string[]>): string[] {
  return [...graph].filter(([, imports]) => !imports.some((file) => graph.has(file))).map(([file]) => file)
}

function roots(graph: Map<string, string[]>): string[] {
  const imported = new Set([...graph.values()].flat())
  return [...graph.keys()].filter((file) => !imported.has(file))
}
