/**
 * What a build needs of its client beyond the context: `POST /drydock/build-session` with a BuildSessionRequest answers a
 * BuildSessionCreated, `POST /build?version=2&session=ID` builds with it, and `GET /drydock/build-session/ID/result` and `…/output`
 * read what came of it. In Docker these go over a gRPC session. Byte strings are base64.
 */

/** What is asked of the Dockerfile: a build, or only what can be read off it. */
export type BuildCall = string;

/** A file by its name as it is shown in messages, and its bytes. */
export interface BuildFile {
  readonly Name: string;
  readonly Data: string;
  /** It is there, and is no regular file. */
  readonly IsOther?: true;
}

/** One `--output`: `type` and its attributes. */
export interface BuildOutput {
  readonly Type: string;
  readonly Attrs: Readonly<Record<string, string>>;
}

export interface BuildSessionRequest {
  /** The Dockerfile; without it the context's file of the name in the query is read. Null: there is no such file. */
  readonly Dockerfile?: BuildFile | null;
  /** The client has no files to offer, not even a Dockerfile. */
  readonly NoSources?: true;
  /** The ignore file that the client has applied: shown in progress, and looked at by checks. */
  readonly Dockerignore?: BuildFile | null;
  readonly Secrets?: Readonly<Record<string, string>>;
  /** Ids of SSH agents that the client offers. A connection to one waits at `POST …/ssh/ID`, which is upgraded, until a step speaks on it. */
  readonly Ssh?: readonly string[];
  readonly NoCacheFilter?: readonly string[];
  /** `build` (or absent), `check`, `outline`, `targets`, `lint`, or what the client was told. */
  readonly Call?: BuildCall;
  readonly Outputs?: readonly BuildOutput[];
  /** `provenance` and `sbom` with their attributes as text: `mode=max`. Null switches one off. */
  readonly Attests?: Readonly<Record<string, string | null>>;
  /** `--annotation`s with their level: `manifest:key` (or `key`), `index:key`, `manifest-descriptor:key`, `index-descriptor:key`. */
  readonly Annotations?: Readonly<Record<string, string>>;
  /** `--build-context`: `local` (uploaded by PUT …/context/NAME), or `docker-image://…`, `oci-layout://…`, `https://…`. */
  readonly Contexts?: Readonly<Record<string, string>>;
  readonly CacheFrom?: readonly Readonly<Record<string, string>>[];
  readonly CacheTo?: readonly Readonly<Record<string, string>>[];
  readonly Ulimits?: readonly string[];
  readonly AddHosts?: readonly string[];
  readonly CgroupParent?: string;
  readonly ShmSize?: number;
  readonly Network?: string;
  readonly Platforms?: readonly string[];
  /** `--allow`. */
  readonly Entitlements?: readonly string[];
  /** As X-Registry-Auth has them, by host. */
  readonly Auths?: Readonly<Record<string, { readonly username?: string; readonly password?: string; readonly identitytoken?: string }>>;
  /** The build's name in the history, if the client has one for it: letters and digits. */
  readonly Ref?: string;
  /** The last name of the context's directory: what was sent of one is not kept in the place of another's. */
  readonly SharedKey?: string;
  /** How the client calls the context, the build and the Dockerfile in history. */
  readonly ContextName?: string;
  readonly BuildName?: string;
  readonly DockerfileName?: string;
}

export interface BuildSessionCreated {
  readonly ID: string;
}

/** A range of lines in a source, from 1. */
export interface BuildRange {
  readonly Start: number;
  readonly End: number;
}

/** A source to show with an error: its text and the lines that are meant. */
export interface BuildSource {
  readonly Filename: string;
  readonly Text: string;
  readonly Ranges: readonly BuildRange[];
}

export interface BuildError {
  /** Without `failed to solve: `. */
  readonly Message: string;
  readonly Sources: readonly BuildSource[];
  /** The vertex that failed, for the excerpt of its log. */
  readonly Vertex?: string;
}

/** A finding of a build check. */
export interface BuildWarning {
  readonly RuleName: string;
  readonly Description: string;
  readonly Url: string;
  readonly Detail: string;
  readonly Filename: string;
  readonly Ranges: readonly BuildRange[];
}

export interface BuildLint {
  readonly Warnings: readonly BuildWarning[];
  readonly Source: { readonly Filename: string; readonly Text: string };
  /** What stops a real build: a parse error, or `lint violation found for rules: …`. */
  readonly Error?: BuildError;
}

export interface BuildOutlineArg {
  readonly Name: string;
  readonly Description: string;
  readonly Value?: string;
  readonly Line: number;
}

export interface BuildOutline {
  readonly Name: string;
  readonly Description: string;
  readonly Args: readonly BuildOutlineArg[];
  readonly Secrets: readonly { readonly Name: string; readonly Required: boolean; readonly Line: number }[];
  readonly Ssh: readonly { readonly Name: string; readonly Required: boolean; readonly Line: number }[];
  readonly Cache: readonly { readonly ID: string; readonly Line: number }[];
  readonly Source: { readonly Filename: string; readonly Text: string };
}

export interface BuildTargets {
  readonly Targets: readonly {
    readonly Name: string;
    readonly Default: boolean;
    readonly Description: string;
    readonly Base: string;
    readonly Platform: string;
    readonly Range: BuildRange;
  }[];
  readonly Source: { readonly Filename: string; readonly Text: string };
}

/** What a build takes from outside. */
export interface BuildNeeds {
  /** `docker-image://…`, `https://…`, `local://context`. */
  readonly Sources: readonly string[];
  /** What of the context, as COPY names it: files, directories, patterns. */
  readonly ContextPaths: readonly string[];
}

export interface BuildSessionResult {
  /** `containerimage.digest`, `containerimage.config.digest`, `containerimage.descriptor` (JSON in base64), `image.name`. */
  readonly ExporterResponse: Readonly<Record<string, string>>;
  readonly Error?: BuildError;
  readonly Warnings: readonly BuildWarning[];
  readonly Lint?: BuildLint;
  readonly Outline?: BuildOutline;
  readonly Targets?: BuildTargets;
  /** With an outline. */
  readonly Needs?: BuildNeeds;
  /** Which of the outputs `GET …/output?index=N` has a tar for. */
  readonly HasOutput: readonly number[];
  /** The build's name in the history. */
  readonly Ref: string;
}

/** `GET /drydock/build-history`: newest first. */
export interface BuildHistoryRecord {
  readonly Ref: string;
  readonly Name: string;
  readonly Context: string;
  readonly Dockerfile: string;
  readonly Target: string;
  readonly Platforms: readonly string[];
  readonly BuildArgs: Readonly<Record<string, string>>;
  readonly Labels: Readonly<Record<string, string>>;
  /** Empty texts, lists and false: as usual. */
  readonly Config: {
    readonly Network: string;
    readonly ExtraHosts: readonly string[];
    readonly CgroupParent: string;
    readonly ImageResolveMode: string;
    readonly NoCache: boolean;
    readonly ShmSize: string;
    readonly Ulimit: string;
  };
  readonly Status: 'running' | 'completed' | 'error' | 'canceled';
  /** Nanoseconds since 1970, as text. */
  readonly StartedNs: string;
  readonly CompletedNs?: string;
  readonly Steps: { readonly Total: number; readonly Completed: number; readonly Cached: number };
  readonly Error?: BuildError;
  readonly ErrorLogs: readonly string[];
  /** The trace, as base64 of StatusResponse messages one after the other, each in base64. */
  readonly Trace?: readonly string[];
  readonly Materials: readonly { readonly URI: string; readonly Digests: readonly string[] }[];
  readonly Attachments: readonly { readonly Digest: string; readonly Type: string; readonly Platform?: string; readonly Size: number }[];
  readonly Result?: string;
}
