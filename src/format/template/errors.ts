/** A template that does not parse, or fails while it runs; the message is Go's, position included. */
export class TemplateError extends Error {
  readonly code = 'TEMPLATE'
  /** What was written before the failure. */
  readonly output: string
  constructor(message: string, output = '') {
    super(message)
    this.name = 'TemplateError'
    this.output = output
  }
}

export function isTemplateError(error: unknown): error is TemplateError {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 'TEMPLATE'
}
