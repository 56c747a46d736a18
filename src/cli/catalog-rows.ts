import type { Catalog, Entry } from './catalog-entry.ts'

/** All entries of the generated rows. */
export function parseRows(rows: string): Catalog {
  return JSON.parse(`[${rows.trim().replaceAll('\n', ',')}]`) as Catalog
}

/** The entry whose path is `path`, read without the others; undefined where there is none. */
export function rowAt(rows: string, path: string): Entry | undefined {
  const found = rows.indexOf(`"path":${JSON.stringify(path)},`)
  if (found === -1) return undefined
  return JSON.parse(rows.slice(rows.lastIndexOf('\n', found) + 1, rows.indexOf('\n', found))) as Entry
}
