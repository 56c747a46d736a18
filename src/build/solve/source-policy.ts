import fs from 'node:fs'
import { wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'
import type { SourcePolicy } from '../proto/source-policy.ts'

/** Reads the policy that EXPERIMENTAL_BUILDKIT_SOURCE_POLICY names a file of, undefined where it names none (buildx ReadSourcePolicy). */
export function readSourcePolicy(
  { EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: file }: Readonly<Record<string, string | undefined>>,
  cwd: string,
): SourcePolicy | undefined {
  if (!file) return undefined
  const text = read(file, cwd)
  try {
    return toPolicy(JSON.parse(text) as JsonPolicy)
  } catch (error) {
    throw wrap(error, 'failed to parse source policy')
  }
}

function read(file: string, cwd: string): string {
  try {
    return fs.readFileSync(fromFolder(cwd, file), 'utf8')
  } catch (error) {
    throw wrap(pathError('open', file, error), 'failed to read policy file')
  }
}

function toPolicy({ version = 0, rules = [] }: JsonPolicy): SourcePolicy {
  return {
    version,
    rules: rules.map(({ action, selector, updates }) => ({
      action: numberOf(action, ['ALLOW', 'DENY', 'CONVERT'], 'PolicyAction'),
      selector: selector && {
        identifier: selector.identifier,
        matchType: numberOf(selector.match_type, ['WILDCARD', 'EXACT', 'REGEX'], 'MatchType'),
        constraints: selector.constraints?.map(({ key, value, condition }) => ({
          key,
          value,
          condition: numberOf(condition, ['EQUAL', 'NOTEQUAL', 'MATCHES'], 'AttrMatch'),
        })),
      },
      updates,
    })),
  }
}

function numberOf(value: string | number | undefined, names: readonly string[], type: string): number {
  const number = typeof value === 'string' ? names.indexOf(value) : (value ?? 0)
  if (number < 0 || number >= names.length) throw new Error(`invalid ${type} value: ${value}`)
  return number
}

interface JsonPolicy {
  readonly version?: number
  readonly rules?: readonly {
    readonly action?: string | number
    readonly selector?: {
      readonly identifier?: string
      readonly match_type?: string | number
      readonly constraints?: readonly {
        readonly key?: string
        readonly value?: string
        readonly condition?: string | number
      }[]
    }
    readonly updates?: { readonly identifier?: string; readonly attrs?: Record<string, string> }
  }[]
}
