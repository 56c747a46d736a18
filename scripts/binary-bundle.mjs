// What the binary is compiled of: src/ as ES modules, each part whole in a file of its own as scripts/build.mjs has them. Bun links
// and checks each module that is loaded, so that few large ones start faster than many that share their small parts.
import { build } from 'esbuild'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const src = path.join(root, 'src')

/** Modules with large packages below them, which are parts of their own however they are imported. */
const large = ['engine/undici.ts', 'compose/yaml.ts'].map((file) => path.join(src, file))

/** Functions and classes that some files use, and nothing else, of modules of Node's; see `latePlugin`. */
const late = {
  'node:net': ['isIP', 'createConnection', 'BlockList', 'Socket'],
  'node:tls': ['connect'],
  'node:crypto': ['createPrivateKey', 'createPublicKey', 'X509Certificate'],
}
const lateImporters = [
  'connection/connect-tcp.ts',
  'connection/connect-unix.ts',
  'connection/proxy.ts',
  'go/url.ts',
  'streams/reader.ts',
  'tls/key-pair.ts',
]

/** Bundles src/ into `folder`, with the files of the installation beside it, as they lie in a package; gives esbuild's account. */
export async function bundle(folder) {
  const account = { inputs: {}, outputs: {} }
  const parts = new Set([path.join(src, 'main.ts')])
  // What is found on the way comes after.
  for (const part of parts) {
    const { metafile } = await bundlePart(part, folder, (module) => parts.add(module))
    for (const kind of ['inputs', 'outputs']) Object.assign(account[kind], metafile[kind])
  }
  fs.cpSync(path.join(root, 'completions'), path.join(folder, 'completions'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'dist'))
  fs.copyFileSync(path.join(root, 'dist/root-help.txt'), path.join(folder, 'dist/root-help.txt'))
  return account
}

/** Bundles one part; `found` is told of the others that it loads. */
function bundlePart(part, folder, found) {
  return build({
    entryPoints: [{ in: part, out: nameOf(part) }],
    absWorkingDir: root,
    outdir: folder,
    metafile: true,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'es2024',
    format: 'esm',
    charset: 'ascii',
    legalComments: 'none',
    // A module has no __dirname; Bun would put this machine's folder there.
    define: { __dirname: 'distFolder' },
    inject: [path.join(root, 'scripts/dist-folder.mjs')],
    logLevel: 'warning',
    plugins: [partsPlugin(found), commandsPlugin, latePlugin],
  })
}

function nameOf(part) {
  return path.relative(src, part).slice(0, -'.ts'.length).replaceAll(path.sep, '-')
}

function partsPlugin(found) {
  return {
    name: 'parts',
    setup(plugin) {
      plugin.onResolve({ filter: /\.ts$/ }, ({ path: name, importer, kind }) => {
        const module = path.resolve(path.dirname(importer), name)
        if (kind === 'entry-point' || (kind !== 'dynamic-import' && !large.includes(module))) return { path: module }
        found(module)
        return { path: `./${nameOf(module)}.js`, external: true }
      })
    },
  }
}

/** What the bundle has in the place of src/load-command.ts: an import() for each command. */
const commandsPlugin = {
  name: 'commands',
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]src[\\/]load-command\.ts$/ }, async () => {
      const rows = (await commandFiles()).map((file) => `'${file}': () => import('./commands/${file}.ts'),`)
      const contents = `const commands = {\n${rows.join('\n')}\n}
export const loadCommand = async (file) => (await commands[file]()).default`
      return { contents, resolveDir: src }
    })
  },
}

/** The files that the catalog names. */
async function commandFiles() {
  const { outputFiles } = await build({
    entryPoints: [path.join(src, 'catalog.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  })
  const { catalog } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  )
  return [...new Set(catalog.map(({ file }) => file).filter((file) => file !== undefined))]
}

/**
 * node:net with the streams below it, node:tls and node:crypto are JavaScript that Bun compiles in each run. Files that short commands
 * have load them at the first call.
 */
const latePlugin = {
  name: 'late',
  setup(plugin) {
    const importers = lateImporters.map((file) => path.join(src, file))
    plugin.onResolve({ filter: /^node:/ }, ({ path: name, importer }) =>
      Object.hasOwn(late, name) && importers.includes(importer) ? { path: name, namespace: 'late' } : undefined,
    )
    plugin.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: name }) => ({
      contents: late[name].map((each) => lateExport(each, `require('${name}').${each}`)).join('\n'),
    }))
  },
}

function lateExport(name, original) {
  return `export function ${name}(...args) { return new.target ? new (${original})(...args) : ${original}(...args) }`
}
