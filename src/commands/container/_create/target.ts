/** What to run: the image, the words after it, and the environment with the proxies in it. */
export interface Target {
  readonly image: string
  readonly command: readonly string[]
  readonly env: readonly string[]
}
