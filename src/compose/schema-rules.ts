/** What the schema of a version says of a value. Versions are minor ones of the format 3; a rule without `since` is of all. */
export interface Rule {
  readonly since?: number
  readonly types?: readonly JsonType[]
  readonly properties?: Readonly<Record<string, Property>>
  /** What other names must match, and what their values are. */
  readonly patterns?: readonly { readonly match: RegExp; readonly rule: Rule; readonly since?: number }[]
  /** Whether other names are allowed, and since when. */
  readonly open?: boolean | { readonly since: number }
  readonly required?: readonly string[]
  readonly items?: Rule
  readonly unique?: true
  readonly oneOf?: readonly Rule[]
  readonly allowed?: readonly string[]
  readonly minimum?: number
  readonly format?: 'duration' | 'ports'
}

/** A rule, or one for each version that changed it, the oldest first. */
export type Property = Rule | readonly Rule[]

export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string'

export const text: Rule = { types: ['string'] }
export const truth: Rule = { types: ['boolean'] }
export const integer: Rule = { types: ['integer'] }
export const number: Rule = { types: ['number'] }
export const duration: Rule = { types: ['string'], format: 'duration' }
export const texts: Rule = { types: ['array'], items: text }
export const uniqueTexts: Rule = { ...texts, unique: true }
export const command: Rule = { oneOf: [text, texts] }
export const textOrTexts: Rule = { oneOf: [text, uniqueTexts] }

/** A rule that came with a later version. */
export function since(version: number, rule: Rule): Rule {
  return { ...rule, since: version }
}

/** A mapping of these properties and no others, unless `more` says so. */
export function object(properties: Readonly<Record<string, Property>>, more: Partial<Rule> = {}): Rule {
  return { types: ['object'], properties, ...more }
}

/** A mapping of the names that match to values of one rule. */
export function mapOf(match: RegExp, rule: Rule, more: Partial<Rule> = {}): Rule {
  return { types: ['object'], patterns: [{ match, rule }], ...more }
}

export const named = /^[a-zA-Z0-9._-]+$/

/** Extensions, whose values are free. */
export const extensions = (version: number) => ({ match: /^x-/, rule: {}, since: version })

/** Names with values, as a mapping or as a list of `name=value`. */
export const listOrMap: Rule = {
  oneOf: [mapOf(/.+/, { types: ['string', 'number', 'null'] }), uniqueTexts],
}

/** Options of a driver. */
export const options: Rule = mapOf(/^.+$/, { types: ['string', 'number'] }, { open: true })
