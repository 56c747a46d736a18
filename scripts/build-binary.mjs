// usage: build-binary.mjs [--target NAME|all] [--out FOLDER] [--metafile FILE]
// Puts docket and Bun, the runtime it then needs nobody to install, into one file: dist/binary/docket-linux-x64 and the like, for this
// machine unless a target is named. `npm run build` comes first. esbuild bundles, with the versions of the lock file; Bun compiles that.
// The metafile is esbuild's account of the bundle.
import { build } from 'esbuild'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bunFor, hostTarget, targets } from './bun.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const src = path.join(root, 'src')

/**
 * Nothing in the folder that docket runs in may change what it does: Bun would else read `.env`, bunfig.toml, tsconfig.json and
 * package.json there.
 */
const isolated = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map((file) => `--no-compile-autoload-${file}`)

/** What the bundle has in the place of src/load-command.ts: an import() for each command, which are what it is split at. */
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

/**
 * node:net with the streams below it, which Bun compiles in each run, is loaded at the first call in the files that short commands
 * have; they use nothing but its functions.
 */
const latePlugin = {
  name: 'late',
  setup(plugin) {
    const importers = ['go/url.ts', 'connection/connect-unix.ts'].map((file) => path.join(src, file))
    plugin.onResolve({ filter: /^node:net$/ }, ({ path: name, importer }) =>
      importers.includes(importer) ? { path: name, namespace: 'late' } : undefined,
    )
    plugin.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: name }) => ({
      contents: ['isIP', 'createConnection']
        .map((call) => `export const ${call} = (...args) => require('${name}').${call}(...args)`)
        .join('\n'),
    }))
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

/** Bundles src/ into `folder`, with the files of the installation beside it, as they lie in a package; gives esbuild's account. */
async function bundle(folder) {
  const { metafile } = await build({
    entryPoints: [path.join(src, 'main.ts')],
    absWorkingDir: root,
    outdir: folder,
    metafile: true,
    bundle: true,
    splitting: true,
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
    plugins: [commandsPlugin, latePlugin],
  })
  fs.cpSync(path.join(root, 'completions'), path.join(folder, 'completions'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'dist'))
  fs.copyFileSync(path.join(root, 'dist/root-help.txt'), path.join(folder, 'dist/root-help.txt'))
  return metafile
}

/** Compiles what `bundle` left in `folder` for one target, and gives the file's path. */
function compile(folder, target, out) {
  const outfile = path.join(out, `docket-${target}${target.startsWith('windows') ? '.exe' : ''}`)
  const args = [
    'build',
    '--compile',
    '--bytecode',
    '--splitting',
    '--minify',
    '--format=esm',
    ...isolated,
    // Most runs end before compiled code pays: `ps` takes a sixth less time so, and what streams reaches the compiler all the same.
    '--compile-jit-policy=10',
    `--target=bun-${target}`,
    `--compile-executable-path=${bunFor(target)}`,
    '--asset=dist',
    '--asset=completions',
    `--outfile=${outfile}`,
    'main.js',
  ]
  execFileSync(bunFor(hostTarget()), args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return outfile
}

const { values } = parseArgs({
  options: { target: { type: 'string' }, out: { type: 'string' }, metafile: { type: 'string' } },
})
const out = path.resolve(values.out ?? path.join(root, 'dist/binary'))
const wanted = values.target === 'all' ? targets : [values.target ?? hostTarget()]
fs.mkdirSync(out, { recursive: true })
const folder = fs.mkdtempSync(path.join(out, '.bundle-'))
try {
  const metafile = await bundle(folder)
  if (values.metafile !== undefined) fs.writeFileSync(values.metafile, JSON.stringify(metafile))
  for (const target of wanted) console.log(path.relative('', compile(folder, target, out)))
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
