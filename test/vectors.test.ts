import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const tests = import.meta.dirname
const files = fs.readdirSync(tests, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll(path.sep, '/'))
const sources = files.filter((file) => file.endsWith('.test.ts')).map((file) => ({ file, text: read(file) }))

function read(file: string): string {
  return fs.readFileSync(path.join(tests, file), 'utf8')
}

/** The rows of the table in vectors/README.md: a file, the tests that check it, and what computes it. */
function documented(): { file: string; checkedBy: string[]; computedBy: string }[] {
  const rows = read('vectors/README.md').matchAll(/^\| `(.+?\.json)` +\| (.+?) +\| `(.+?)` +\|/gm)
  return [...rows].map(([, file = '', checkers = '', computedBy = '']) => ({
    file,
    checkedBy: [...checkers.matchAll(/`(.+?)`/g)].map(([, name = '']) => name),
    computedBy,
  }))
}

test('every golden file is in the table of test/vectors, and is read by the tests that the table names', () => {
  const golden = files
    .filter((file) => file.endsWith('.json') && file !== MEASURED)
    .toSorted((a, b) => a.localeCompare(b))
  const found = golden.map((file) => ({ file, checkedBy: readersOf(file) }))
  expect(found).toEqual(
    documented().map(({ file, checkedBy }) => ({ file, checkedBy: checkedBy.toSorted((a, b) => a.localeCompare(b)) })),
  )
  expect(found.filter(({ checkedBy }) => checkedBy.length === 0)).toEqual([])
})

/** What docket's own start loads: a budget, and nothing of the reference's. */
const MEASURED = 'cli/start-up.json'

test('what computes a golden file names it, and is there', () => {
  const main = read('vectors/main.go')
  for (const { file, computedBy } of documented()) {
    const maker = new RegExp(`"${path.posix.basename(file)}": +(\\w+),`).exec(main)?.[1]
    expect(read(`vectors/${computedBy}`)).toContain(`// ${maker} makes ${file}:`)
  }
})

/** The tests that read a file by its name: beside it, or by its path from the repository's root. */
function readersOf(file: string): string[] {
  const { dir, base } = path.posix.parse(file)
  const names = ({ file: test, text }: { file: string; text: string }) =>
    text.includes(`'test/${file}'`) || (path.posix.dirname(test) === dir && text.includes(`'${base}'`))
  return sources
    .filter(names)
    .map(({ file: test }) => test)
    .toSorted((a, b) => a.localeCompare(b))
}
