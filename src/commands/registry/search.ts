import { command, exactly } from '../../cli/command.ts'
import { bool, filter, int, string } from '../../cli/flags.ts'
import { registryAuth } from '../../config/credentials.ts'
import { encodeAuthHeader } from '../../config/auth.ts'
import type { Context } from '../../context.ts'
import { searchRows, searchView } from '../../format/views/search.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['search'],
  summary: 'Search for images on Docker Hub',
  args: exactly(1, 'TERM'),
  flags: {
    filter: filter('Filter the results by condition, such as "is-official=true"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    limit: int('Maximum number of results'),
    noTrunc: bool('Do not truncate descriptions'),
  },
  top: 10,
  async run(context, { args: [term = ''], options }) {
    const { filter: filters = {}, limit, noTrunc = false } = options
    if ('is-automated' in filters) {
      context.err.line(
        'WARNING: the "is-automated" filter is deprecated, and searching for "is-automated=true" will not yield any results in future.',
      )
    }
    const { images } = await context.engine()
    const found = await images.search(term, {
      registryAuth: await authFor(context, term),
      filters,
      ...(limit === undefined ? {} : { limit }),
      signal: context.signal,
    })
    await printList(context, searchView, searchRows(found, { noTrunc }), options)
  },
})

/** Credentials of the registry that the term names; without them, or with a store that fails, the search is anonymous. */
async function authFor(context: Context, term: string): Promise<string> {
  const [first = '', ...rest] = term.split('/')
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  try {
    return await registryAuth(context, isRegistry ? first : 'docker.io')
  } catch {
    return encodeAuthHeader({})
  }
}
