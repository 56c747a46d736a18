import { loadCompose, type LoadedCompose } from '../../src/compose/load.ts'
import { parseYaml } from '../../src/compose/yaml.ts'
import { writeCompose } from '../../src/compose/write.ts'

/** What the files are loaded with: variables, files of variables by their absolute names. */
export interface World {
  env?: Record<string, string>
  files?: Record<string, string>
  skipInterpolation?: boolean
}

/** Loads the texts of Compose files in the folder `/work`. */
export async function load(texts: string | string[], world: World = {}): Promise<LoadedCompose> {
  const files = [texts].flat().map((text, index) => ({
    filename: `file${index + 1}.yml`,
    content: parseYaml(Buffer.from(text)),
  }))
  return loadCompose(files, {
    workingDir: '/work',
    lookup: (name) => world.env?.[name],
    readFile: async (filename) => {
      const text = world.files?.[filename]
      if (text === undefined) throw new Error(`open ${filename}: no such file or directory`)
      return Buffer.from(text)
    },
    skipInterpolation: world.skipInterpolation ?? false,
  })
}

/** Loads them and writes them again. */
export async function rewritten(texts: string | string[], world: World = {}): Promise<string> {
  return writeCompose((await load(texts, world)).config)
}

/** A file with one service, `a`, of these lines. */
export function service(...lines: string[]): string {
  return ['services:', '  a:', '    image: x', ...lines.map((line) => `    ${line}`), ''].join('\n')
}

/** What `rewritten` makes of the properties of the one service. */
export async function rewrittenService(lines: string[], world: World = {}): Promise<string[]> {
  const written = await rewritten(service(...lines), world)
  const body = written.split('\n').slice(3, -1)
  return body.filter((line) => line !== '    image: x').map((line) => line.slice(4))
}
