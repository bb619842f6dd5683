/** Where apt looks: the sources in /etc/apt, the lists of what they offer in /var/lib/apt/lists. */
import type { Sys } from '../../../kernel/sys.ts';
import { gunzip } from '../../../oci/index.ts';
import { textOf } from '../../net/text.ts';
import { decode } from '../../program-io.ts';
import { type Fields, parseParagraphs } from '../dpkg/database.ts';

export interface Suite {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

export const LISTS = '/var/lib/apt/lists';

const words = (text: string | undefined): readonly string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

function fromDeb822(text: string): readonly Suite[] {
  return parseParagraphs(text.replace(/^#.*\n/gm, '')).flatMap((fields) =>
    words(fields.get('Types')).includes('deb')
      ? words(fields.get('URIs')).flatMap((uri) =>
          words(fields.get('Suites')).map((suite) => ({ uri: uri.replace(/\/$/, ''), suite, components: words(fields.get('Components')) })),
        )
      : [],
  );
}

const fromLines = (text: string): readonly Suite[] =>
  text.split('\n').flatMap((line) => {
    const [kind, uri, suite, ...components] = words(line.replace(/#.*/, '').replace(/\[[^\]]*\]/, ''));
    return kind === 'deb' && uri !== undefined && suite !== undefined ? [{ uri: uri.replace(/\/$/, ''), suite, components }] : [];
  });

/** All suites, in the order of the files. */
export function suites(sys: Sys): readonly Suite[] {
  const folder = '/etc/apt/sources.list.d';
  const names = sys.path.access(folder, {})
    ? sys.path
        .readdir(folder)
        .map(({ name }) => name)
        .sort()
    : [];
  return [
    ...fromLines(textOf(sys, '/etc/apt/sources.list') ?? ''),
    ...names.flatMap((name) => {
      const text = textOf(sys, `${folder}/${name}`) ?? '';
      return name.endsWith('.sources') ? fromDeb822(text) : name.endsWith('.list') ? fromLines(text) : [];
    }),
  ];
}

/** How a list is named on the disk. */
export const listName = (uri: string, path: string): string =>
  `${uri.replace(/^https?:\/\//, '').replaceAll('/', '_')}_${path.replaceAll('/', '_')}`;

export interface Offered {
  readonly fields: Fields;
  readonly suite: Suite;
}

/** What the lists offer, by name: the first suite that has it. */
export function offered(sys: Sys, architecture: string): ReadonlyMap<string, Offered> {
  const all = new Map<string, Offered>();
  for (const suite of suites(sys))
    for (const component of suite.components) {
      const path = `${LISTS}/${listName(suite.uri, `dists/${suite.suite}/${component}/binary-${architecture}/Packages.gz`)}`;
      if (!sys.path.access(path, { read: true })) continue;
      for (const fields of parseParagraphs(decode(gunzip(sys.path.readFile(path))))) {
        const name = fields.get('Package');
        if (name !== undefined && !all.has(name)) all.set(name, { fields, suite });
      }
    }
  return all;
}
