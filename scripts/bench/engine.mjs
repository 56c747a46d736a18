// One of the engines that the tests start, for a bench.
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

/** Starts one of the tests' engines, with what is compiled for it in `folder`, and finds the buildx of its packages. */
export async function startEngine(name, folder) {
  const root = path.join(import.meta.dirname, '../..')
  const engines = path.join(root, 'test/engines')
  const load = async (module) => {
    const outfile = path.join(folder, `${module}.cjs`)
    const define = { 'import.meta.dirname': JSON.stringify(engines) }
    const entryPoints = [path.join(engines, `${module}.ts`)]
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', define })
    return import(outfile)
  }
  const { declared } = await load('declared')
  const { startTestbed } = await load('testbed')
  const { testbed, stop } = await startTestbed(declared.filter((engine) => engine.name === name))
  const packages = fs.readFileSync(path.join(testbed.folder, `sandboxes/${name}/root`), 'utf8').trim()
  const buildx = path.join(packages, 'usr/libexec/docker/cli-plugins/docker-buildx')
  return { host: testbed.engines[0].host, buildx, stop }
}
