// Bundles src/ to minified CommonJS in dist/: main.cjs, and one flat file for each module that is imported dynamically
// (every command, and what only some paths need), so that a command loads what it uses and nothing else. Beside them, in
// dist/engine/, the library `docket/engine` as ES modules with its types.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { build } from 'esbuild'
import fs from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import { fileURLToPath } from 'node:url'
import { BUILT_FROM, sourcesDigest } from './sources.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const src = path.join(root, 'src')
const dist = path.join(root, 'dist')
const require = createRequire(import.meta.url)
const chunks = new Set()

/**
 * What is imported dynamically becomes a chunk of its own, which `supported` below loads with a plain require: the ESM loader would
 * cost more than most commands take. So does what a static import takes from a package, once for all chunks that need it.
 */
const chunkPlugin = {
  name: 'chunks',
  setup(plugin) {
    // A path given here keeps package.json's "type" out of it, by which `default` would mean a chunk's whole exports.
    plugin.onResolve({ filter: /\.ts$/ }, ({ path: name, importer, kind }) => {
      const module = path.resolve(path.dirname(importer), name)
      return kind === 'dynamic-import' ? chunk(module) : { path: module }
    })
    plugin.onResolve({ filter: /^[a-z@]/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === RESOLVED || kind === 'entry-point' || isBuiltin(name) || !importer.startsWith(src))
        return undefined
      const resolved = await plugin.resolve(name, { kind, importer, resolveDir, pluginData: RESOLVED })
      return resolved.errors.length > 0 ? resolved : chunk(resolved.path)
    })
  },
}
const RESOLVED = Symbol('resolved')

/**
 * Node's modules without interop: esbuild's own copies every property of `node:fs` and the like, in each chunk anew. Each name
 * that is imported becomes a constant, and what is not used goes.
 */
const builtinPlugin = {
  name: 'builtins',
  setup(plugin) {
    plugin.onResolve({ filter: /^node:/ }, ({ path: name, importer, kind }) =>
      kind === 'import-statement' && importer.startsWith(src) ? { path: name, namespace: 'builtin' } : undefined,
    )
    plugin.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => {
      const m = require(name)
      const names = Object.keys(m).filter((key) => /^[a-zA-Z_$][\w$]*$/.test(key) && key !== 'default')
      if (LATE.has(name)) {
        const late = names
          .filter((key) => typeof m[key] === 'function')
          .map((key) => `export const ${key} = (...args) => require('${name}').${key}(...args)`)
        return { contents: late.join('\n') }
      }
      const constants = names.map(
        (key, i) => `const _${i} = /* @__PURE__ */ (() => m.${key})()\nexport { _${i} as ${key} }`,
      )
      return { contents: [`const m = require('${name}')`, 'export default m', ...constants].join('\n') }
    })
  },
}

/** Modules of functions that every command holds and few call; Node has not loaded them by itself. */
const LATE = new Set(['node:os'])

/** What main.cjs has in the place of src/load-command.ts: each command is a chunk, found by its name. */
const commandsPlugin = {
  name: 'commands',
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]src[\\/]load-command\.ts$/ }, () => {
      const { catalog } = load('./catalog.cjs')
      for (const { file } of catalog) if (file !== undefined) chunks.add(path.join(src, 'commands', `${file}.ts`))
      return {
        contents: `const chunkOf = (file) => './commands-' + file.replaceAll('/', '-') + '.cjs'
export const loadCommand = async (file) => require(chunkOf(file)).default`,
      }
    })
  },
}

/** Notes a module as a chunk to be built, and gives how the others load it. */
function chunk(module) {
  chunks.add(module)
  return { path: `./${chunkName(module)}.cjs`, external: true }
}

function chunkName(module) {
  const inside = path.relative(module.startsWith(src) ? src : path.join(root, 'node_modules'), module)
  return inside.replace(/\.[cm]?[jt]s$/, '').replaceAll(path.sep, '-')
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
    // What bin/docket calls each file as; characters beyond ASCII are escaped.
    banner: { js: '(function(exports,require,module,__filename,__dirname){' },
    footer: { js: '})' },
    charset: 'ascii',
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
    plugins: [chunkPlugin, builtinPlugin, commandsPlugin],
  })
}

/** Renders the root's help once, so that `docket --help` need not load the renderer. NUL stands for the program's name. */
function prepareHelp() {
  const { rootHelp } = load('./cli-help.cjs')
  const { catalog } = load('./catalog.cjs')
  const { texts } = load('./catalog-texts.cjs')
  const { globalFlags } = load('./cli-globals.cjs')
  fs.writeFileSync(
    path.join(dist, 'root-help.txt'),
    rootHelp(catalog, texts, globalFlags, [], { program: '\0', width: 80 }),
  )
  fs.rmSync(path.join(dist, 'catalog.cjs'))
  fs.rmSync(path.join(dist, 'cli-globals.cjs'))
}

/** Loads a file of dist/ as bin/docket does. */
function load(id) {
  if (!id.startsWith('./')) return require(id)
  const module = { exports: {} }
  const call = vm.runInThisContext(fs.readFileSync(path.join(dist, id), 'latin1'), { filename: id })
  call.call(module.exports, module.exports, load, module, id, dist)
  return module.exports
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
  const child = spawn(process.execPath, [tsc, '--ignoreConfig', ...options, path.join(src, 'library.ts')], {
    cwd: root,
    stdio: 'inherit',
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the library's types could not be written (${code})`)
}

// Taken first: what is edited while this runs must make the result stale.
const digest = sourcesDigest(root)
fs.rmSync(dist, { recursive: true, force: true })
const typed = declarations()
const built = new Set()
await bundle([path.join(src, 'catalog.ts')])
for (let next = ['main.ts', 'cli/globals.ts'].map((file) => path.join(src, file)); next.length > 0;) {
  for (const module of next) built.add(module)
  await bundle(next)
  next = [...chunks].filter((module) => !built.has(module))
}
await library()
await typed
prepareHelp()
fs.writeFileSync(path.join(root, BUILT_FROM), digest)
