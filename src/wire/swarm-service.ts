import { duration } from '../go/duration-type.ts'
import { time } from '../go/time.ts'
import { embed, field, float32, named, ptr, str, struct, uint64, slice } from '../go/types.ts'
import { annotations, meta, version } from './swarm-common.ts'
import { endpoint, endpointSpec } from './swarm-endpoint.ts'
import { taskSpec } from './swarm-task-spec.ts'

const replicatedService = struct('swarm.ReplicatedService', {
  Replicas: field(ptr(uint64), ',omitempty'),
})

const globalService = struct('swarm.GlobalService', {})

const replicatedJob = struct('swarm.ReplicatedJob', {
  MaxConcurrent: field(ptr(uint64), ',omitempty'),
  TotalCompletions: field(ptr(uint64), ',omitempty'),
})

const globalJob = struct('swarm.GlobalJob', {})

const serviceMode = struct('swarm.ServiceMode', {
  Replicated: field(ptr(replicatedService), ',omitempty'),
  Global: field(ptr(globalService), ',omitempty'),
  ReplicatedJob: field(ptr(replicatedJob), ',omitempty'),
  GlobalJob: field(ptr(globalJob), ',omitempty'),
})

const failureAction = named('swarm.FailureAction', str)

const updateOrder = named('swarm.UpdateOrder', str)

const updateConfig = struct('swarm.UpdateConfig', {
  Parallelism: uint64,
  Delay: field(duration, ',omitempty'),
  FailureAction: field(failureAction, ',omitempty'),
  Monitor: field(duration, ',omitempty'),
  MaxFailureRatio: float32,
  Order: updateOrder,
})

/** Go's swarm.ServiceSpec, in which requests are written too. */
export const serviceSpec = struct('swarm.ServiceSpec', {
  Annotations: embed(annotations),
  TaskTemplate: field(taskSpec, ',omitempty'),
  Mode: field(serviceMode, ',omitempty'),
  UpdateConfig: field(ptr(updateConfig), ',omitempty'),
  RollbackConfig: field(ptr(updateConfig), ',omitempty'),
  EndpointSpec: field(ptr(endpointSpec), ',omitempty'),
})

const updateState = named('swarm.UpdateState', str)

const updateStatus = struct('swarm.UpdateStatus', {
  State: field(updateState, ',omitempty'),
  StartedAt: field(ptr(time), ',omitempty'),
  CompletedAt: field(ptr(time), ',omitempty'),
  Message: field(str, ',omitempty'),
})

const serviceStatus = struct('swarm.ServiceStatus', {
  RunningTasks: uint64,
  DesiredTasks: uint64,
  CompletedTasks: uint64,
})

const jobStatus = struct('swarm.JobStatus', {
  JobIteration: version,
  LastExecution: field(time, ',omitempty'),
})

/** Go's swarm.Service. */
export const service = struct('swarm.Service', {
  ID: str,
  Meta: embed(meta),
  Spec: field(serviceSpec, ',omitempty'),
  PreviousSpec: field(ptr(serviceSpec), ',omitempty'),
  Endpoint: field(endpoint, ',omitempty'),
  UpdateStatus: field(ptr(updateStatus), ',omitempty'),
  ServiceStatus: field(ptr(serviceStatus), ',omitempty'),
  JobStatus: field(ptr(jobStatus), ',omitempty'),
})

/** Go's swarm.ServiceCreateResponse. */
export const serviceCreated = struct('swarm.ServiceCreateResponse', {
  ID: field(str, ',omitempty'),
  Warnings: slice(str),
})

/** Go's swarm.ServiceUpdateResponse. */
export const serviceUpdated = struct('swarm.ServiceUpdateResponse', { Warnings: slice(str) })

/** The answer to a list of services. */
export const services = slice(service)
