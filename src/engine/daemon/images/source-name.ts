import type { Reference } from '../../oci/reference.ts';

/** The repository that a content came from or went to, as containerd's labels have it: without the registry's port. */
export const sourceName = ({ domain, path }: Reference): string => `${domain.replace(/:\d+$/, '')}/${path}`;
