/** What the registry has of a package: small programs of the same shape as the ones whose names they have. */
export interface PackageVersion {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly main?: string;
  readonly type?: 'module' | 'commonjs';
  readonly exports?: unknown;
  readonly engines?: string;
  /** Somebody asks for money. */
  readonly funding?: string;
}

/** What is known against versions of a package, as the registry tells it. */
export interface Advisory {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: 'low' | 'moderate' | 'high' | 'critical';
  readonly vulnerable_versions: string;
}

export interface RegistryPackage {
  readonly name: string;
  readonly description: string;
  readonly license?: string;
  readonly advisories?: readonly Advisory[];
  /** Oldest first; the last one is `latest`. */
  readonly versions: readonly PackageVersion[];
}

/** A package of one file. */
export const single = (
  name: string,
  description: string,
  version: string,
  source: string,
  more: Omit<PackageVersion, 'version' | 'files'> = {},
): RegistryPackage => ({ name, description, versions: [{ version, files: { 'index.js': source }, ...more }] });
