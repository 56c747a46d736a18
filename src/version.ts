/** This client's version; the package's own, which a test compares. */
export const version = '0.1.0'

/** The reference client that this one answers like (docker/cli), as `docker --version` names it. */
export const reference = { version: '29.8.0', commit: '28f7560' }
