import { message, type Message } from './message.ts'

/** How many messages go each way. */
export type MethodKind = 'unary' | 'serverStream' | 'stream'

/** One call of a service: the messages it takes and gives. */
export interface Method<K extends MethodKind = MethodKind, I extends Message = Message, O extends Message = Message> {
  readonly kind: K
  readonly name: string
  readonly request: I
  readonly response: O
}

export type Methods = Readonly<Record<string, Method>>

/** A gRPC service by its full name. */
export interface Service<M extends Methods = Methods> {
  readonly name: string
  readonly methods: M
}

/** Declares a service; methods have the names that they are called by here. */
export function service<M extends Methods>(name: string, methods: M): Service<M> {
  return { name, methods }
}

/** A method's path in a request (`/moby.buildkit.v1.Control/Solve`). */
export function methodPath(of: Service, method: Method): string {
  return `/${of.name}/${method.name}`
}

/** One message there, one back. */
export function unary<I extends Message, O extends Message>(
  name: string,
  request: I,
  response: O,
): Method<'unary', I, O> {
  return { kind: 'unary', name, request, response }
}

/** One message there, any number back. */
export function serverStream<I extends Message, O extends Message>(
  name: string,
  request: I,
  response: O,
): Method<'serverStream', I, O> {
  return { kind: 'serverStream', name, request, response }
}

/** Any number of messages each way; who serves it says what they are. */
export function stream(name: string): Method<'stream'> {
  return { kind: 'stream', name, request: message({}), response: message({}) }
}
