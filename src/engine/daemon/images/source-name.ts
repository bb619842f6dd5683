import type { Reference } from '../../oci/reference.ts';

/** The repository that a content came from or went to, as containerd's labels have it: without the registry's port. */
export const sourceName = ({ domain, path }: Reference): string => `${domain.replace(/:\d+$/, '')}/${path}`;

/** The same of several repositories, as annotations: `containerd.io/distribution.source.docker.io: library/nginx,example/web`. */
export function sourceAnnotations(sources: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const source of sources) {
    const slash = source.indexOf('/');
    const key = `containerd.io/distribution.source.${source.slice(0, slash)}`;
    found[key] = [...(found[key] === undefined ? [] : [found[key]]), source.slice(slash + 1)].join(',');
  }
  return found;
}
