import type { Plugin } from '../../engine/types/plugin.ts'
import { bool, method, methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { ellipsis, shortId } from '../text.ts'

/** How plugins are listed. */
export const pluginView: ListView = {
  header: {
    ID: 'ID',
    Name: 'NAME',
    Description: 'DESCRIPTION',
    Enabled: 'ENABLED',
    PluginReference: 'IMAGE',
  },
  template: pluginTemplate,
  configKey: 'pluginsFormat',
}

/** The template that `format` stands for (docker/cli cli/command/plugin newFormat). */
function pluginTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') {
    return quiet ? '{{.ID}}' : 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}'
  }
  if (format !== 'raw') return format
  if (quiet) return 'plugin_id: {{.ID}}'
  return 'plugin_id: {{.ID}}\nname: {{.Name}}\ndescription: {{.Description}}\nenabled: {{.Enabled}}\n'
}

const pluginContext = methods<{ plugin: Plugin; whole: boolean }>(
  '*plugin.pluginContext',
  {
    ID: ({ plugin: { Id = '' }, whole }) => (whole ? Id : shortId(Id)),
    Name: ({ plugin }) => plugin.Name,
    Description: ({ plugin, whole }) => {
      const line = plugin.Config.Description.replaceAll(/[\r\n]/g, '')
      return whole ? line : ellipsis(line, 45)
    },
    Enabled: method(bool, ({ plugin }: { plugin: Plugin }) => plugin.Enabled),
    PluginReference: ({ plugin }) => plugin.PluginReference ?? '',
  },
  ['trunc', 'p'],
)

/** The rows of a list; `whole` cuts nothing. */
export function pluginRows(plugins: readonly Plugin[], whole: boolean): Value[] {
  return plugins.map((plugin) => value(pluginContext, { plugin, whole }))
}
