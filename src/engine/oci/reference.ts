/** Names of images, as distribution/reference reads and writes them: `nginx` is `docker.io/library/nginx:latest`. */
import { type Digest, digestProblem } from './digest.ts';

export interface Reference {
  /** `docker.io` if none was typed. */
  readonly domain: string;
  /** `library/nginx`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Not a name. `message` is the sentence of distribution/reference. */
export class InvalidReference extends Error {
  override readonly name = 'InvalidReference';
}

/** Its first name, which is also one of the language's own errors. */
export { InvalidReference as ReferenceError };

const DEFAULT_DOMAIN = 'docker.io';
const LEGACY_DOMAIN = 'index.docker.io';
const OFFICIAL = 'library/';
const MAX_PATH_LENGTH = 255;

const COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${COMPONENT}(?:\\.${COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const WHOLE = new RegExp(`^(?:(${DOMAIN})/)?(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const IDENTIFIER = /^[a-f0-9]{64}$/;
const WHOLE_TAG = new RegExp(`^${TAG}$`);

/** Reads what a person typed. Throws InvalidReference. Upstream: ParseNormalizedNamed. */
export function parseReference(text: string): Reference {
  if (IDENTIFIER.test(text)) throw new InvalidReference(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const { domain, remainder } = splitDomain(text);
  const colon = remainder.indexOf(':');
  const remote = colon === -1 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote)
    throw new InvalidReference(`invalid reference format: repository name (${remote}) must be lowercase`);
  return parseCanonical(`${domain}/${remainder}`);
}

function splitDomain(text: string): { domain: string; remainder: string } {
  const slash = text.indexOf('/');
  if (slash === -1) return { domain: DEFAULT_DOMAIN, remainder: OFFICIAL + text };
  const first = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  if (first === LEGACY_DOMAIN || first === DEFAULT_DOMAIN)
    return { domain: DEFAULT_DOMAIN, remainder: rest.includes('/') ? rest : OFFICIAL + rest };
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  return isDomain ? { domain: first, remainder: rest } : { domain: DEFAULT_DOMAIN, remainder: text };
}

/** Reads a name that has its domain, as it is kept. Throws InvalidReference. Upstream: Parse. */
export function parseCanonical(text: string): Reference {
  const match = WHOLE.exec(text);
  if (!match) {
    if (text === '') throw new InvalidReference('repository name must have at least one component');
    throw new InvalidReference(WHOLE.test(text.toLowerCase()) ? 'repository name must be lowercase' : 'invalid reference format');
  }
  const [, domain = '', path = '', tag, digest] = match;
  if (path.length > MAX_PATH_LENGTH) throw new InvalidReference(`repository name must not be more than ${MAX_PATH_LENGTH} characters`);
  const problem = digest === undefined ? undefined : digestProblem(digest);
  if (problem) throw new InvalidReference(problem);
  return { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest: digest as Digest }) };
}

/** With `latest`, if it has neither tag nor digest. Upstream: TagNameOnly. */
export const withDefaultTag = (reference: Reference): Reference =>
  reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;

/** With another tag. Throws InvalidReference: `invalid tag format`. */
export function withTag({ domain, path, digest }: Reference, tag: string): Reference {
  if (!WHOLE_TAG.test(tag)) throw new InvalidReference('invalid tag format');
  return { domain, path, tag, ...(digest === undefined ? {} : { digest }) };
}

/** By its digest alone. */
export const withDigest = ({ domain, path }: Reference, digest: Digest): Reference => ({ domain, path, digest });

/** `docker.io/library/nginx`. */
export const repositoryName = ({ domain, path }: Reference): string => (domain === '' ? path : `${domain}/${path}`);

const suffix = ({ tag, digest }: Reference): string => `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;

/** The whole name: `docker.io/library/nginx:latest`. */
export const canonicalName = (reference: Reference): string => repositoryName(reference) + suffix(reference);

/** The repository as Docker shows it: `nginx`, `example/web`, `localhost:5000/app`. */
export function familiarRepository({ domain, path }: Reference): string {
  if (domain !== DEFAULT_DOMAIN) return repositoryName({ domain, path });
  const parts = path.split('/');
  return parts.length === 2 && parts[0] === 'library' ? (parts[1] ?? path) : path;
}

/** The name as Docker shows it: `nginx:latest`. */
export const familiarName = (reference: Reference): string => familiarRepository(reference) + suffix(reference);
