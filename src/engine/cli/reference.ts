/** Names of images: `busybox`, `docker.io/library/busybox:1.35`, `host:5000/team/box@sha256:…`. Upstream: distribution/reference. */
import { CliError } from './errors.ts';

export interface Reference {
  readonly domain: string;
  /** Without the domain: `library/busybox`. */
  readonly path: string;
  readonly tag: string;
  readonly digest: string;
}

const DEFAULT_DOMAIN = 'docker.io';
const PATH = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const DOMAIN =
  /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(:[0-9]+)?$/;
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

export class InvalidReference extends CliError {}

/** Parses a name as people type it. Throws InvalidReference. */
export function parseReference(text: string): Reference {
  const invalid = () => new InvalidReference('invalid reference format');
  if (/^[a-f0-9]{64}$/.test(text))
    throw new InvalidReference(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const remote = splitDomain(text).rest.split(':', 1)[0] ?? '';
  if (remote.toLowerCase() !== remote)
    throw new InvalidReference(`invalid reference format: repository name (${remote}) must be lowercase`);
  const at = text.indexOf('@');
  const [named, digest] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  const { domain, rest } = splitDomain(named);
  const colon = rest.indexOf(':');
  const [path, tag] = colon < 0 ? [rest, ''] : [rest.slice(0, colon), rest.slice(colon + 1)];
  if (!PATH.test(path) || !DOMAIN.test(domain) || (colon >= 0 && !TAG.test(tag)) || (at >= 0 && !DIGEST.test(digest))) throw invalid();
  if (`${domain}/${path}`.length > 255 + domain.length + 1)
    throw new InvalidReference('repository name must not be more than 255 characters');
  return { domain, path, tag, digest };
}

/** The first part is a domain if it looks like one: a dot, a port, `localhost`, or capitals. */
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = isDomain ? (first === 'index.docker.io' ? DEFAULT_DOMAIN : first) : DEFAULT_DOMAIN;
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { domain, rest: domain === DEFAULT_DOMAIN && !rest.includes('/') ? `library/${rest}` : rest };
}

/** As people know it: `busybox`, `example/web`, `host:5000/box`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== DEFAULT_DOMAIN) return `${domain}/${path}`;
  return /^library\/[^/]+$/.test(path) ? path.slice('library/'.length) : path;
}
export const familiarString = (reference: Reference): string => familiarName(reference) + suffixOf(reference);
export const fullName = ({ domain, path }: Reference): string => `${domain}/${path}`;
export const fullString = (reference: Reference): string => fullName(reference) + suffixOf(reference);
const suffixOf = ({ tag, digest }: Reference): string => (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);

/** With `latest` where neither tag nor digest is given. */
export const withDefaultTag = (reference: Reference): Reference =>
  reference.tag === '' && reference.digest === '' ? { ...reference, tag: 'latest' } : reference;

/** Under which name the registry's account is kept. */
export const registryOf = ({ domain }: Reference): string => (domain === DEFAULT_DOMAIN ? 'https://index.docker.io/v1/' : domain);
