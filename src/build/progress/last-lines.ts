/** Keeps the last `count` lines that are added; an open one gives way to what it becomes. */
export function lastLines(count: number): {
  add(line: Uint8Array, isOpen: boolean): void
  lines(): readonly Uint8Array[]
} {
  const kept: Uint8Array[] = []
  let open: Uint8Array | undefined
  return {
    add(line, isOpen) {
      open = isOpen ? line : undefined
      if (isOpen) return
      kept.push(line)
      if (kept.length > count) kept.shift()
    },
    lines: () => (open === undefined ? kept : [...kept, open].slice(-count)),
  }
}
