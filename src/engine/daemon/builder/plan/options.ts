import type { ImageConfig } from '../../../oci/config.ts';
import type { Digest } from '../../../oci/digest.ts';
import type { Platform } from '../../../oci/manifest.ts';
import type { Reference } from '../../../oci/reference.ts';
import type { Linter } from '../lint/linter.ts';

/** An image that a Dockerfile stands on, as far as planning looks at it. */
export interface ResolvedImage {
  readonly reference: Reference;
  readonly digest: Digest;
  readonly config: ImageConfig;
}

/** What `--build-context` puts in an image's or a stage's place. */
export type NamedContext =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'image'; readonly name: string; readonly reference: string };

export interface ResolveOptions {
  readonly platform: Platform;
  /** How the step is called. */
  readonly step: string;
}

export interface PlanOptions {
  readonly target: string;
  /** Also stages that the target does not need: a check without a target looks at all of them. */
  readonly withAllStages: boolean;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined: the host's, and an image's own if that differs. */
  readonly platform: Platform | undefined;
  readonly hostPlatform: Platform;
  readonly showsPlatform: boolean;
  readonly noCache: boolean;
  /** Stages whose cache is not used; none: all, if `noCache`. */
  readonly noCacheFilter: readonly string[];
  readonly networkMode: string;
  readonly hostname: string;
  readonly extraHosts: readonly string[];
  readonly shmSizeBytes: number;
  readonly ulimits: readonly string[];
  readonly cgroupParent: string;
  readonly linter: Linter;
  /** Whether a path of the context is left out by the ignore file; undefined if that cannot be told or there is none. */
  readonly loadIgnored: () => Promise<((path: string) => boolean) | undefined>;
  readonly namedContext: (name: string) => NamedContext | undefined;
  /** Says that a client's context is about to be used. */
  readonly announce: (context: string) => Promise<void>;
  /** Finds an image. Throws an Error whose message says why not. */
  readonly resolve: (reference: Reference, options: ResolveOptions) => Promise<ResolvedImage>;
  /** Does things side by side. The first failure is thrown when all have ended. */
  readonly all: (tasks: readonly (() => Promise<void>)[]) => Promise<void>;
}
