// Bundles src/ to minified CommonJS in dist/: main.cjs, and one flat file for each module that is imported dynamically
// (every command, and what only some paths need), so that a command loads what it uses and nothing else. Beside them, in
// dist/engine/, the library `docket/engine` as ES modules with its types.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { build } from 'esbuild'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const src = path.join(root, 'src')
const dist = path.join(root, 'dist')
const chunks = new Set()

/** `import('./x.ts')` becomes a plain require of the chunk: the ESM loader would cost more than most commands take. */
const lateChunks = {
  name: 'late-chunks',
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const source = await fs.promises.readFile(file, 'utf8')
      const contents = source.replaceAll(/\bimport\(\s*'(\.[^']+\.ts)'\s*,?\s*\)/g, (whole, target, at) => {
        if (/typeof\s*$/.test(source.slice(Math.max(0, at - 10), at))) return whole
        const module = path.resolve(path.dirname(file), target)
        chunks.add(module)
        return `Promise.resolve().then(() => require('./${chunkName(module)}.cjs'))`
      })
      return { contents, loader: 'ts' }
    })
    plugin.onResolve({ filter: /^\.\/[^/]+\.cjs$/ }, ({ path: name, importer }) =>
      importer.startsWith(src) ? { path: name, external: true } : undefined,
    )
  },
}

function chunkName(module) {
  return path.relative(src, module).replace(/\.ts$/, '').replaceAll(path.sep, '-')
}

async function bundle(modules) {
  await build({
    entryPoints: modules.map((module) => ({ in: module, out: chunkName(module) })),
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    legalComments: 'none',
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
    plugins: [lateChunks],
  })
}

/**
 * Makes default imports of CommonJS modules cheap: esbuild's helper copies every property of `node:fs` and the like into
 * getters, in each chunk anew, where one object that inherits them will do.
 */
function lightenImports() {
  const helper =
    /(?<=[ ,])([\w$]+)=\(([\w$]+),([\w$]+),([\w$]+)\)=>\(\4=\2!=null\?[\w$]+\([\w$]+\(\2\)\):\{\},[\w$]+\(\3\|\|!\2\|\|!\2\.__esModule\?[\w$]+\(\4,"default",\{value:\2,enumerable:!0\}\):\4,\2\)\)/
  const light = '$1=($2,$3)=>({__proto__:$2,default:!$3&&$2.__esModule?$2.default:$2})'
  for (const name of fs.readdirSync(dist).filter((each) => each.endsWith('.cjs'))) {
    const file = path.join(dist, name)
    const text = fs.readFileSync(file, 'utf8')
    fs.writeFileSync(file, text.replace(helper, light))
  }
}

/** Renders the root's help once, so that `docket --help` need not load the renderer. NUL stands for the program's name. */
function prepareHelp() {
  const require = createRequire(import.meta.url)
  const { rootHelp } = require(path.join(dist, 'cli-help.cjs'))
  const { catalog } = require(path.join(dist, 'catalog.cjs'))
  const { globalFlags } = require(path.join(dist, 'cli-globals.cjs'))
  fs.writeFileSync(path.join(dist, 'root-help.txt'), rootHelp(catalog, globalFlags, [], { program: '\0', width: 80 }))
  fs.rmSync(path.join(dist, 'catalog.cjs'))
  fs.rmSync(path.join(dist, 'cli-globals.cjs'))
}

/** The library leaves its dependencies to the consumer's node_modules and loads them, and the rarer transports, late. */
async function library() {
  await build({
    entryPoints: [path.join(src, 'library.ts')],
    outdir: path.join(dist, 'engine'),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'warning',
  })
}

/** The library's types, as TypeScript itself writes them. */
async function declarations() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const { compilerOptions } = JSON.parse(fs.readFileSync(path.join(root, 'tsconfig.json'), 'utf8'))
  const options = Object.entries({
    ...compilerOptions,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: path.join(dist, 'engine'),
  }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const files = ['src/library.ts', 'src/engine/undici-client.d.ts'].map((file) => path.join(root, file))
  const child = spawn(process.execPath, [tsc, '--ignoreConfig', ...options, ...files], { cwd: root, stdio: 'inherit' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the library's types could not be written (${code})`)
}

fs.rmSync(dist, { recursive: true, force: true })
const typed = declarations()
const built = new Set()
for (let next = ['main.ts', 'catalog.ts', 'cli/globals.ts'].map((file) => path.join(src, file)); next.length > 0;) {
  for (const module of next) built.add(module)
  await bundle(next)
  next = [...chunks].filter((module) => !built.has(module))
}
lightenImports()
await library()
await typed
prepareHelp()
