import { decode } from '../../go/decode.ts'
import { toBytes } from '../../go/strings.ts'
import { value } from '../../go/types.ts'
import { dockerFunctions } from '../template/docker.ts'
import { isTemplateError } from '../template/errors.ts'
import { compile } from '../template/template.ts'
import type { ClientInfo } from './info.ts'
import { dockerInfo, sparseInfo } from './types/client.ts'
import { systemInfo } from '../../wire/system-info.ts'

/** What `info` knows besides the daemon's own answer. */
export interface InfoRest {
  readonly ClientInfo: ClientInfo
  readonly ServerErrors?: readonly string[]
  readonly UserName?: string
}

export interface InfoTemplate {
  /** Whether only the daemon can fill the template in. */
  readonly needsServer: (client: ClientInfo) => boolean
  /** The text, as far as the template came, and the error that stopped it; `raw` is the daemon's JSON. */
  readonly render: (raw: string | undefined, rest: InfoRest) => { text: Uint8Array; error?: Error }
}

/** Compiles a template for `info`; throws a TemplateError when it is none. */
export function infoTemplate(format: string, terminal: boolean): InfoTemplate {
  const text = format === 'json' ? '{{json .}}' : format
  const template = compile('', text, { funcs: dockerFunctions, terminal: terminal ? 'text' : undefined })
  return {
    needsServer(client) {
      if (text === '{{json .}}' || !/\.[a-zA-Z]/.test(text)) return true
      try {
        template.execute(value(sparseInfo, { ClientInfo: client }))
        return false
      } catch {
        return true
      }
    },
    render(raw, rest) {
      // Where there is no answer, its fields are there and empty.
      const server = raw === undefined ? { ID: '' } : (decode(systemInfo, raw).raw as object)
      try {
        return { text: toBytes(`${template.execute(value(dockerInfo, { ...server, ...rest }))}\n`) }
      } catch (error) {
        if (!isTemplateError(error)) throw error
        return { text: toBytes(`${error.output}\n`), error }
      }
    },
  }
}
