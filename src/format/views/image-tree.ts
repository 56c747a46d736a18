import { compareStrings } from '../../go/strings.ts'
import type { ImageManifest, ImageSummary } from '../../engine/types/image.ts'
import type { Theme } from '../theme.ts'
import { visibleCell } from '../../go/visible.ts'
import { formatPlatform } from '../../parse/platform.ts'
import { humanSize } from '../human.ts'
import { shortId } from '../text.ts'
import { displayWidth } from '../width.ts'

interface Entry {
  readonly names: readonly string[]
  readonly details: Details
  readonly children: readonly Child[]
}

interface Child {
  readonly platform: string
  readonly available: boolean
  readonly details: Details
}

interface Details {
  readonly id: string
  readonly diskUsage: string
  readonly contentSize: string
  readonly inUse: boolean
}

export interface TreeOptions {
  /** One entry an image with its platforms below, instead of one line a name. */
  readonly expanded: boolean
  /** Of the terminal; undefined elsewhere, where there is no limit. */
  readonly columns: number | undefined
  readonly theme: Theme
}

/** The view of images by name, with their platforms when `expanded`, and how many entries it has (docker/cli image tree.go). */
export function imageTree(images: readonly ImageSummary[], options: TreeOptions): { text: string; count: number } {
  const shown = options.columns === undefined ? same : visibleCell
  const entries = images.flatMap((image) => entriesOf(image, options.expanded, shown)).toSorted(byName)
  return { text: new Tree(entries, options).render(), count: entries.length }
}

function entriesOf(image: ImageSummary, expanded: boolean, shown: (text: string) => string): Entry[] {
  const manifests = image.Manifests ?? []
  const platforms = manifests.filter(({ Kind }) => Kind === 'image')
  const details = {
    id: shown(image.Id),
    diskUsage: humanSize(image.Size, 3),
    contentSize: humanSize(
      manifests.reduce((sum, { Size }) => sum + Size.Content, 0),
      3,
    ),
    inUse: image.Containers > 0 || platforms.some(isUsed),
  }
  const names = (image.RepoTags ?? []).map(shown).toSorted(compareStrings)
  if (expanded) return [{ names, details, children: platforms.map((platform) => childOf(platform, shown)) }]
  return names.length === 0
    ? [{ names, details, children: [] }]
    : names.map((name) => ({ names: [name], details, children: [] }))
}

function childOf(manifest: ImageManifest, shown: (text: string) => string): Child {
  const { os = '', architecture = '', variant = '' } = manifest.ImageData?.Platform ?? {}
  return {
    platform: shown(formatPlatform({ os, architecture, variant, osVersion: '', osFeatures: [] })),
    available: manifest.Available,
    details: {
      id: shown(manifest.ID),
      diskUsage: humanSize(manifest.Size.Total, 3),
      contentSize: humanSize(manifest.Size.Content, 3),
      inUse: isUsed(manifest),
    },
  }
}

function isUsed({ ImageData }: ImageManifest): boolean {
  return (ImageData?.Containers ?? []).length > 0
}

/** By name, those without one last. */
function byName(a: Entry, b: Entry): number {
  const [left, right] = [a.names[0] ?? '', b.names[0] ?? '']
  if (left === right) return 0
  if (left === '' || right === '') return left === '' ? 1 : -1
  return left < right ? -1 : 1
}

interface Column {
  readonly title: string
  readonly width: number
  readonly right?: boolean
  readonly cell: (details: Details) => string
  /** Cells that bring their own colours. */
  readonly isStyled?: boolean
}

const spacing = '   '
const untagged = '<untagged>'
const narrowest = 12
const same = (text: string): string => text

class Tree {
  private readonly entries: readonly Entry[]
  private readonly theme: Theme
  private readonly limit: number | undefined
  private readonly columns: readonly Column[]
  private readonly nameWidth: number

  constructor(entries: readonly Entry[], { columns, theme }: TreeOptions) {
    this.entries = entries
    this.theme = theme
    this.limit = columns === undefined ? undefined : Math.max(columns, 20)
    const all = this.detailColumns()
    const fitting = this.fitting(all)
    this.columns = all.slice(0, fitting.count)
    this.nameWidth = Math.min(fitting.left, this.widestName())
  }

  render(): string {
    const legend = this.limit === undefined ? [] : [this.legend(this.limit)]
    const titles = this.columns.map((column) => this.cell(column, column.title.toUpperCase(), this.theme.title))
    const header = [this.left(this.theme.title, 'IMAGE'), ...titles].join(spacing)
    // With platforms below any image, all images are set apart.
    const isSpaced = this.entries.some(({ children }) => children.length > 0)
    const blocks = this.entries.map((entry) => this.block(entry) + (isSpaced ? '\n' : ''))
    return `${[...legend, header, ...blocks].join('\n')}\n`
  }

  private block({ names, details, children }: Entry): string {
    const lines = this.nameLines(names)
    lines.push(`${lines.pop() ?? ''}${this.details(details, same)}`)
    for (const [i, { platform, available, details: own }] of children.entries()) {
      const style = available ? same : this.theme.faint
      const branch = i === children.length - 1 ? '└─ ' : '├─ '
      lines.push(this.left(style, branch + platform) + this.details(own, style))
    }
    return lines.join('\n')
  }

  /** A line for every name; the last one is open for the details, unless its name is too long to stand before them. */
  private nameLines(names: readonly string[]): string[] {
    if (names.length === 0) return [this.left(this.theme.faint, untagged)]
    const lines = names.map((name) => this.left(this.theme.name, name))
    return displayWidth(names.at(-1) ?? '') > this.nameWidth ? [...lines, ' '.repeat(this.nameWidth)] : lines
  }

  private details(details: Details, style: (text: string) => string): string {
    return this.columns
      .map((column) => spacing + this.cell(column, column.cell(details), column.isStyled === true ? same : style))
      .join('')
  }

  private left(style: (text: string) => string, text: string): string {
    return style(text) + ' '.repeat(Math.max(this.nameWidth - displayWidth(text), 0))
  }

  private cell(
    { width, right = false, isStyled = false }: Column,
    text: string,
    style: (text: string) => string,
  ): string {
    const fill = width - displayWidth(isStyled ? unstyled(text) : text)
    if (fill < 0)
      return style(
        `${Array.from(text)
          .slice(0, width - 1)
          .join('')}…`,
      )
    return right ? ' '.repeat(fill) + style(text) : style(text) + ' '.repeat(fill)
  }

  private detailColumns(): Column[] {
    const { theme, entries } = this
    const all = entries.flatMap(({ details, children }) => [details, ...children.map((child) => child.details)])
    const hasBadge = all.some(({ inUse }) => inUse)
    return [
      { title: 'ID', width: 12, cell: ({ id }) => shortId(id) },
      { title: 'Disk usage', width: 10, right: true, cell: ({ diskUsage }) => diskUsage },
      { title: 'Content size', width: 12, right: true, cell: ({ contentSize }) => contentSize },
      {
        title: 'Extra',
        width: 5,
        isStyled: true,
        cell: ({ inUse }) => (inUse ? theme.badge('U') : hasBadge ? theme.noBadge : ''),
      },
    ]
  }

  /** How many of the columns leave enough for the names, and how much that is. */
  private fitting(columns: readonly Column[]): { count: number; left: number } {
    if (this.limit === undefined) return { count: columns.length, left: Infinity }
    let left = this.limit
    for (const [count, { width }] of columns.entries()) {
      const needed = width + spacing.length
      if (left - needed < narrowest) return { count, left }
      left -= needed
    }
    return { count: columns.length, left }
  }

  private widestName(): number {
    const widths = this.entries.flatMap(({ names, children }) => [
      ...(names.length === 0 ? [untagged] : names).map((name) => name.length),
      // As the reference counts: the bytes of the branch.
      ...children.map(({ platform }) => platform.length + Buffer.byteLength('└─ ')),
    ])
    return Math.max('Image'.length, ...widths)
  }

  private legend(width: number): string {
    const text = `${this.theme.noteHeader} ${this.theme.badge('U')} In Use`
    return ' '.repeat(Math.max(width - displayWidth(unstyled(text)), 0)) + text
  }
}

/** The text without the sequences that set colours. */
function unstyled(text: string): string {
  return text.replaceAll(sequences, '')
}

// oxlint-disable-next-line no-control-regex
const sequences = /\u001b\[[0-9;]*m/g
