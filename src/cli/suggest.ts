/** The names nearest to a mistyped `word`, best first: at most a third of the letters apart, or beginning with it. */
export function suggest(word: string, names: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(Math.max(word.length, 3) / 3))
  return names
    .map((name) => ({ name, distance: name.startsWith(word) && word.length > 1 ? 0.5 : distance(word, name) }))
    .filter((candidate) => candidate.distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map((candidate) => candidate.name)
}

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b` (Damerau-Levenshtein, restricted). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}
