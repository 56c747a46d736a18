import { cut } from '../parse/cut.ts'
import { addFilter, type Filters } from '../parse/filter.ts'

/**
 * The filters of a prune: those given, and from config.json's `pruneFilters` those that do not contradict them
 * (docker/cli command.PruneFilters).
 */
export function pruneFilters(given: Filters = {}, configured: readonly string[] = []): Filters {
  return configured.reduce((filters, text) => {
    const { before: name, after: value, found } = cut(text, '=')
    const opposite = { label: 'label!', 'label!': 'label' }[name]
    if (!found || (opposite !== undefined && filters[opposite]?.includes(value))) return filters
    return addFilter(filters, name, value)
  }, given)
}
