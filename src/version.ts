/** This client's version; the package's own, which a test compares. */
export const version = '0.1.0'

/** The reference client that this one answers like (docker/cli), as `docker --version` names it. */
export const reference = { version: '29.8.0', commit: '28f7560' }

/** What `--version` prints for a program of this name; one called `docker` answers as the reference does. */
export function versionLine(program: string): string {
  return program === 'docker'
    ? `Docker version ${reference.version}, build ${reference.commit}`
    : `docket version ${version}, answers as docker ${reference.version}`
}
