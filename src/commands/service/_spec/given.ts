/** Gives the fields that have a value: an option that was not set changes nothing. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Whether any of the options was set. */
export function anyGiven(...options: readonly unknown[]): boolean {
  return options.some((option) => option !== undefined)
}
