/** `GET /drydock/builder`: what BuildKit tells of its worker, which Docker's API does not. */

/** A rule of the builder's garbage collection. Sizes are bytes, 0: no bound; durations nanoseconds. */
export interface GcRule {
  readonly All: boolean;
  /** Kinds of records; none: all. */
  readonly Types: readonly string[];
  readonly KeepDuration: number;
  readonly ReservedSpace: number;
  readonly MaxUsedSpace: number;
  readonly MinFreeSpace: number;
}

export interface BuilderInfo {
  readonly ID: string;
  readonly Version: string;
  readonly Platforms: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly GCPolicy: readonly GcRule[];
}
