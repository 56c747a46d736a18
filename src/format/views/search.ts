import type { SearchResult } from '../../engine/types/image.ts'
import { methods, str, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { ellipsis } from '../text.ts'

/** How what a search found is listed. */
export const searchView: ListView = {
  header: { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
  template: searchTemplate,
}

/** The template that `format` stands for; empty is a table (docker/cli registry newFormat). */
function searchTemplate(format: string): string {
  if (format !== '' && format !== 'table') return format
  return 'table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}'
}

/** The rows of what was found. */
export function searchRows(found: readonly SearchResult[], options: { readonly noTrunc: boolean }): Value[] {
  return found.map((repository) => value(searchContext, { repository, ...options, inJson: false }))
}

interface Row {
  readonly repository: SearchResult
  readonly noTrunc: boolean
  /** Once a row was written as JSON, it words its flags so. */
  inJson: boolean
}

function official({ repository, inJson }: Row): string {
  if (inJson) return String(repository.is_official)
  return repository.is_official ? '[OK]' : ''
}

const searchContext = methods<Row>(
  '*registry.searchContext',
  {
    Name: ({ repository }) => repository.name,
    Description: ({ repository, noTrunc }) => {
      const text = repository.description.replaceAll(/[\n\r]/g, ' ')
      return noTrunc ? text : ellipsis(text, 45)
    },
    StarCount: ({ repository }) => String(repository.star_count),
    IsOfficial: {
      in: [],
      out: str,
      call: official,
      marshal: (row: Row) => {
        row.inJson = true
        return official(row)
      },
    },
  },
  ['trunc', 'json', 's'],
)
