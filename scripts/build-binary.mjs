// usage: build-binary.mjs [--target NAME|all] [--out FOLDER] [--metafile FILE]
// Puts docket and Bun, the runtime it then needs nobody to install, into one file: dist/binary/docket-linux-x64 and the like, for this
// machine unless a target is named. `npm run build` comes first. esbuild bundles, with the versions of the lock file; Bun compiles that.
// The metafile is esbuild's account of the bundle.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from './binary-bundle.mjs'
import { checkFormat } from './binary-format.mjs'
import { bunFor, hostTarget, targets } from './bun.mjs'
import { signMachO } from './sign-mach-o.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Nothing in the folder that docket runs in may change what it does: Bun would else read `.env`, bunfig.toml, tsconfig.json and
 * package.json there.
 */
const isolated = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map((file) => `--no-compile-autoload-${file}`)

/** Compiles what `bundle` left in `folder` for one target, and gives the file's path. Throws where the target's system would not run it. */
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
  // Bun signs its own file anew for arm64 alone: for x64 it leaves the signature of a file that is no more.
  if (target === 'darwin-x64') signMachO(outfile)
  checkFormat(outfile, target)
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
