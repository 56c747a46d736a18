import type { PluginHost } from '../cli/plugin-host.ts'
import { pluginCandidates, pluginPath } from './find.ts'

/** Plugins as the command line uses them; `command` is how to run this program again. */
export function pluginHost(command: string): PluginHost {
  return {
    async alias(context, catalog, line) {
      const { processAliases } = await import('./aliases.ts')
      return processAliases(context, catalog, line)
    },
    async run(context, catalog, line) {
      const path = await pluginPath(context, line.words[0] ?? '')
      if (path === undefined) return undefined
      const [{ readPlugin }, { runPlugin }] = await Promise.all([import('./plugin.ts'), import('./run.ts')])
      const plugin = await readPlugin(context, catalog, path)
      return plugin.problem === undefined ? runPlugin(context, plugin, line, command) : undefined
    },
    async list(context, catalog) {
      if ((await pluginCandidates(context)).size === 0) return []
      const { listPlugins } = await import('./plugin.ts')
      return (await listPlugins(context, catalog))
        .filter(({ hidden, problem }) => problem !== undefined || !hidden)
        .map(({ name, shortDescription, problem }) => ({
          name,
          summary: shortDescription,
          ...(problem === undefined ? {} : { invalid: problem }),
        }))
    },
    async afterCommand(context, ran) {
      const { runHooks } = await import('./hooks.ts')
      await runHooks(context, ran, command)
    },
  }
}
