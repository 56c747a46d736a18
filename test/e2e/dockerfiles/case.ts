/** A build of one feature: what it is made from, and what its image must have. */
export interface Case {
  readonly name: string
  readonly dockerfile: string
  /** The files of the context by name; one that ends in `/` is a folder, one whose content begins with `-> ` a symbolic link. */
  readonly files?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What `docker image inspect` must say, as far as it is named. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Files of the image with their content; null for what must not be there. */
  readonly content?: Readonly<Record<string, string | null>>
  /** Commands, or folders that the builder makes, have the time of the build in their layers, so that no two builds are the same. */
  readonly changing?: true
}

/** A Dockerfile on busybox. */
export function from(rest: string): string {
  return `FROM busybox\n${rest}\n`
}

/** The variables of busybox, and more. */
export function expectEnv(...variables_: string[]): string[] {
  return ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...variables_]
}

/** This machine's, as platforms name it. */
export function architecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch
}
