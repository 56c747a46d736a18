import { time } from '../go/time.ts'
import { bool, embed, field, int64, named, ptr, slice, str, struct } from '../go/types.ts'
import { descriptor, digest, platform } from './descriptor.ts'
import { dockerOCIImageConfig } from './oci.ts'
import { driverData } from './storage.ts'

const rootFS = struct('image.RootFS', {
  Type: field(str, ',omitempty'),
  Layers: field(slice(str), ',omitempty'),
})

const metadata = struct('image.Metadata', {
  LastTagTime: field(time, ',omitempty'),
})

const manifestKind = named('image.ManifestKind', str)

const signatureTimestampType = named('image.SignatureTimestampType', str)

const signatureTimestamp = struct('image.SignatureTimestamp', {
  Type: signatureTimestampType,
  URI: str,
  Timestamp: time,
})

const knownSignerIdentity = named('image.KnownSignerIdentity', str)

const signerIdentity = struct('image.SignerIdentity', {
  CertificateIssuer: str,
  SubjectAlternativeName: str,
  Issuer: field(str, ',omitempty'),
  BuildSignerURI: field(str, ',omitempty'),
  BuildSignerDigest: field(str, ',omitempty'),
  RunnerEnvironment: field(str, ',omitempty'),
  SourceRepositoryURI: field(str, ',omitempty'),
  SourceRepositoryDigest: field(str, ',omitempty'),
  SourceRepositoryRef: field(str, ',omitempty'),
  SourceRepositoryIdentifier: field(str, ',omitempty'),
  SourceRepositoryOwnerURI: field(str, ',omitempty'),
  SourceRepositoryOwnerIdentifier: field(str, ',omitempty'),
  BuildConfigURI: field(str, ',omitempty'),
  BuildConfigDigest: field(str, ',omitempty'),
  BuildTrigger: field(str, ',omitempty'),
  RunInvocationURI: field(str, ',omitempty'),
  SourceRepositoryVisibilityAtSigning: field(str, ',omitempty'),
})

const signatureType = named('image.SignatureType', str)

const signatureIdentity = struct('image.SignatureIdentity', {
  Name: field(str, ',omitempty'),
  Timestamps: field(slice(signatureTimestamp), ',omitzero'),
  KnownSigner: field(knownSignerIdentity, ',omitempty'),
  DockerReference: field(str, ',omitempty'),
  Signer: field(ptr(signerIdentity), ',omitempty'),
  SignatureType: field(signatureType, ',omitempty'),
  Error: field(str, ',omitempty'),
  Warnings: field(slice(str), ',omitzero'),
})

const pullIdentity = struct('image.PullIdentity', {
  Repository: field(str, ',omitempty'),
})

const buildIdentity = struct('image.BuildIdentity', {
  Ref: field(str, ',omitempty'),
  CreatedAt: field(time, ',omitempty'),
})

/** Go's image.Identity. */
export const identity = struct('image.Identity', {
  Signature: field(slice(signatureIdentity), ',omitzero'),
  Pull: field(slice(pullIdentity), ',omitzero'),
  Build: field(slice(buildIdentity), ',omitzero'),
})

const imageProperties = struct('image.ImageProperties', {
  Platform: platform,
  Identity: field(ptr(identity), ',omitempty'),
  Size: struct('struct { Unpacked int64 "json:\\"Unpacked\\"" }', {
    Unpacked: int64,
  }),
  Containers: slice(str),
})

const attestationProperties = struct('image.AttestationProperties', {
  For: digest,
})

/** Go's image.ManifestSummary. */
export const manifestSummary = struct('image.ManifestSummary', {
  ID: str,
  Descriptor: descriptor,
  Available: bool,
  Size: struct('struct { Content int64 "json:\\"Content\\""; Total int64 "json:\\"Total\\"" }', {
    Content: int64,
    Total: int64,
  }),
  Kind: manifestKind,
  ImageData: field(ptr(imageProperties), ',omitempty'),
  AttestationData: field(ptr(attestationProperties), ',omitempty'),
})

const inspectResponse = struct('image.InspectResponse', {
  ID: field(str, 'Id'),
  RepoTags: slice(str),
  RepoDigests: slice(str),
  Comment: field(str, ',omitempty'),
  Created: field(str, ',omitempty'),
  Author: field(str, ',omitempty'),
  Config: ptr(dockerOCIImageConfig),
  Architecture: str,
  Variant: field(str, ',omitempty'),
  Os: str,
  OsVersion: field(str, ',omitempty'),
  Size: int64,
  GraphDriver: field(ptr(driverData), ',omitempty'),
  RootFS: rootFS,
  Metadata: metadata,
  Descriptor: field(ptr(descriptor), ',omitempty'),
  Manifests: field(slice(manifestSummary), ',omitempty'),
  Identity: field(ptr(identity), ',omitempty'),
})

/** Go's client.ImageInspectResult of the moby client, which holds an image.InspectResponse. */
export const imageInspect = struct('client.ImageInspectResult', { InspectResponse: embed(inspectResponse) })
