/** A label's text, empty where there is none of that name. */
export function labelText(labels: Readonly<Record<string, string>> | null | undefined, name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

/** Labels as lists show them: `a=b,c=d`, sorted. */
export function labelList(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([name, text]) => `${name}=${text}`)
    .toSorted()
    .join(',')
}
