/** Labels as lists show them: `a=b,c=d`, sorted. */
export function labelList(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([name, text]) => `${name}=${text}`)
    .toSorted()
    .join(',')
}
