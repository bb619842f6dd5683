import type { HealthConfig } from './container-config.ts';

export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
  readonly variant?: string;
}
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly urls?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
}

/** One manifest of an image, with `manifests=1`. */
export interface ManifestSummary {
  readonly ID: string;
  readonly Descriptor: Descriptor;
  readonly Available: boolean;
  readonly Size: { readonly Content: number; readonly Total: number };
  readonly Kind: 'image' | 'attestation' | 'unknown';
  readonly ImageData?: {
    readonly Platform: Platform;
    readonly Size: { readonly Unpacked: number };
    /** Ids of the containers that use it. */
    readonly Containers: readonly string[] | null;
  };
  readonly AttestationData?: { readonly For: string };
}

/** An element of GET /images/json. */
export interface ImageSummary {
  readonly Containers: number;
  readonly Created: number;
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly ParentId: string;
  readonly Descriptor?: Descriptor;
  readonly Manifests?: readonly ManifestSummary[];
  readonly RepoDigests: readonly string[] | null;
  readonly RepoTags: readonly string[] | null;
  readonly SharedSize: number;
  readonly Size: number;
}

/** What an image says of its containers (its OCI config). */
export interface ImageConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly ArgsEscaped?: boolean;
  readonly Healthcheck?: HealthConfig;
  readonly OnBuild?: readonly string[];
  readonly Shell?: readonly string[];
}

/** GET /images/{name}/json. */
export interface ImageInspect {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  readonly Comment?: string;
  readonly Created?: string;
  readonly Author?: string;
  readonly Config: ImageConfig | null;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly Os: string;
  readonly OsVersion?: string;
  readonly Size: number;
  readonly RootFS: { readonly Type: string; readonly Layers?: readonly string[] };
  readonly Metadata: { readonly LastTagTime: string };
  readonly Descriptor?: Descriptor;
  readonly Manifests?: readonly ManifestSummary[];
  readonly Identity?: {
    readonly Pull?: readonly { readonly Repository: string }[];
    readonly Build?: readonly { readonly Ref: string; readonly CreatedAt: string }[];
  };
}

/** An element of GET /images/{name}/history. */
export interface HistoryItem {
  readonly Comment: string;
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Id: string;
  readonly Size: number;
  readonly Tags: readonly string[] | null;
}

/** An element of DELETE /images/{name}. */
export type ImageDeleteItem = { readonly Untagged: string } | { readonly Deleted: string };
export interface ImagesPruneReport {
  readonly ImagesDeleted: readonly ImageDeleteItem[] | null;
  readonly SpaceReclaimed: number;
}

/** GET /distribution/{name}/json. */
export interface DistributionInspect {
  readonly Descriptor: Descriptor;
  readonly Platforms: readonly Platform[] | null;
}

/** An element of GET /images/{name}/attestations. */
export interface AttestationStatement {
  readonly Descriptor: Descriptor;
  readonly PredicateType: string;
  /** An in-toto statement, if it was asked for. */
  readonly Statement?: unknown;
}
