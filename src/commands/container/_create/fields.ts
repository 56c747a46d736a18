/** Gives the list, or null where it is empty: what the engine is sent for a list that nothing was put in. */
export function orNull<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list
}

/** Gives an object with the field, or an empty one where there is nothing in it to send. */
export function ifAny<K extends string, V extends object>(name: K, value: V | undefined): { [key in K]?: V } {
  if (value === undefined || Object.keys(value).length === 0) return {}
  return { [name]: value } as { [key in K]?: V }
}
