/** A request's type, where a whole number may be a bigint: 64 bits do not fit in a number. */
export type Sendable<T> = T extends number ? T | bigint : T extends object ? { [K in keyof T]: Sendable<T[K]> } : T
