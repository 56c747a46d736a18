import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type Document,
  type Node,
} from 'yaml'
import { decodeYaml, type YamlNode } from './yaml-decode.ts'
import { readText } from './yaml-text.ts'
import { syntaxFault } from './yaml-errors.ts'
import { isMap as isTextMap, type YamlMap } from './values.ts'

/**
 * Takes a file's bytes and gives its first document, a mapping; throws in go-yaml's words where they are known. The package reads the
 * syntax; what the scalars mean, merging and aliases go by the reference's library.
 */
export function parseYaml(bytes: Uint8Array): YamlMap {
  const text = readText(bytes)
  const lines = new LineCounter()
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, merge: false, prettyErrors: false })
  const [document] = composer.compose(new Parser(lines.addNewLine).parse(text), true, text.length)
  const [fault] = document?.errors ?? []
  if (fault) throw new Error(`yaml: ${syntaxFault(fault, { text, startOf: (end) => startOf(document!, end) })}`)
  const value = document?.contents ? decodeYaml(nodesOf(document, lines)) : null
  if (!isTextMap(value)) throw new Error('top-level object must be a mapping')
  return value
}

/** Where the quotes or brackets begin that are not closed where a fault is. */
function startOf(document: Document.Parsed, end: number): number | undefined {
  let start: number | undefined
  visit(document, {
    Node: (_, node) => {
      if (node.range?.[1] === end && !(isCollection(node) && !node.flow)) start ??= node.range[0]
    },
  })
  return start
}

/** The document's tree without the package's types, each alias with the node it stands for. */
function nodesOf(document: Document.Parsed, lines: LineCounter): YamlNode {
  const anchors = new Map<string, YamlNode>()
  const convert = (node: Node | null): YamlNode => {
    const line = lines.linePos(node?.range?.[0] ?? 0).line
    const common = { line, ...(node && 'tag' in node && node.tag ? { tag: shortTag(node.tag) } : {}) }
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (!target) throw new Error(`yaml: unknown anchor '${node.source}' referenced`)
      return { ...common, kind: 'alias', name: node.source, target }
    }
    const anchored = <T extends YamlNode>(made: T): T => {
      if (node && 'anchor' in node && node.anchor) anchors.set(node.anchor, made)
      return made
    }
    if (isMap(node)) {
      const map = anchored({ ...common, kind: 'map', items: [] as [YamlNode, YamlNode][] })
      for (const { key, value } of node.items) map.items.push([convert(key as Node), convert(value as Node | null)])
      return map
    }
    if (isSeq(node)) {
      const list = anchored({ ...common, kind: 'list', items: [] as YamlNode[] })
      for (const item of node.items) list.items.push(convert(item as Node | null))
      return list
    }
    const isPlain = !isScalar(node) || node.type === undefined || node.type === 'PLAIN'
    return anchored({ ...common, kind: 'scalar', text: isScalar(node) ? (node.source ?? '') : '', isPlain })
  }
  return convert(document.contents)
}

function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!')
}
