import { named, str } from '../go/types.ts'

/** Go's container.ContainerState. */
export const containerState = named('container.ContainerState', str)

/** Go's container.HealthStatus. */
export const healthStatus = named('container.HealthStatus', str)
