import { wrap } from '../../errors/cli-error.ts'
import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'
import { cut } from '../../parse/cut.ts'

/** One `--secret`: its value is that of a variable, or what a file holds. */
export interface SecretFlag {
  readonly id: string
  readonly file: string
  readonly variable: string
}

/** Takes `--secret`, `id=ID[,src=FILE|,env=VARIABLE][,type=file|env]` (buildx buildflags ParseSecretSpecs). */
export function parseSecrets(texts: readonly string[]): SecretFlag[] {
  return texts.filter((text) => text !== '').map(parseSecret)
}

function parseSecret(text: string): SecretFlag {
  let [id, file, variable, type] = ['', '', '', '']
  for (const field of fieldsOf(text)) {
    const { before, after: value, found } = cut(field, '=')
    const key = before.toLowerCase()
    if (!found) throw new Error(`invalid field '${field}' must be a key=value pair`)
    if (key === 'type' && value !== 'file' && value !== 'env') {
      throw new Error(`unsupported secret type ${quote(value)}`)
    }
    if (key === 'type') type = value
    else if (key === 'id') id = value
    else if (key === 'source' || key === 'src') file = value
    else if (key === 'env') variable = value
    else throw new Error(`unexpected key '${key}' in '${field}'`)
  }
  return type === 'env' && variable === '' ? { id, file: '', variable: file } : { id, file, variable }
}

function fieldsOf(text: string): string[] {
  try {
    return parseCsv(text)
  } catch (error) {
    throw wrap(error, 'failed to parse csv secret')
  }
}
