/** How Git repositories are named: `https://host/repo.git#branch:directory`, `git@host:repo`. Upstream: buildkit dfgitutil. */
export interface GitReference {
  readonly remote: string;
  /** A branch, a tag or a commit; '' for the default branch. */
  readonly ref: string;
  /** Is it fetched by SSH? */
  readonly bySsh: boolean;
}

const REF_KEYS = ['ref', 'commit', 'branch', 'tag', 'checksum'];

/** Undefined for what is no repository. */
export function parseGitReference(text: string): GitReference | undefined {
  const [, remote = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(text) ?? [];
  const bySsh = /^ssh:\/\//.test(remote) || /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9.-]+:/.test(remote);
  if (!bySsh && !/^git:\/\//.test(remote) && !/^https?:\/\/.+\.git$/.test(remote)) return undefined;
  const asked = new Map([...query.slice(1).split('&')].map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]));
  const named = REF_KEYS.map((key) => asked.get(key)).find((value) => value !== undefined && value !== '');
  return { remote, ref: named ?? fragment.split(':')[0] ?? '', bySsh };
}
