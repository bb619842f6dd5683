import { ALPINE, ALPINE_BASE } from '../../packages/alpine.ts';
import type { Package } from '../../packages/recipe.ts';
import { API_PACKAGES, API_PACKAGES_TEXT, API_PORT, apiScript } from '../files/ferry.ts';
import { DEFAULT_PATH, directories, type FileRecipe, file, type ImageRecipe, lines, program, script, symlink } from '../recipe.ts';
import { ALPINE_3_23, installedText } from './alpine.ts';

/** The packages and what they need, each after what it needs itself. */
function closure(names: readonly string[]): readonly Package[] {
  const found = new Map<string, Package>();
  const base = new Set(ALPINE_BASE.map(({ name }) => name));
  const visit = (name: string): void => {
    const one = ALPINE.find((other) => other.name === name);
    if (one === undefined || base.has(name) || found.has(name)) return;
    for (const dependency of one.depends) visit(dependency);
    found.set(name, one);
  };
  for (const name of names) visit(name);
  return [...found.values()];
}

function fileOf({ path, note, target }: Package['files'][number]): FileRecipe {
  if (target !== undefined) return symlink(path, target);
  return note === undefined ? file(path, `# ${path}\n`) : program(path, note, 'musl');
}

const parents = (files: readonly FileRecipe[]): readonly string[] => [
  ...new Set(
    files.flatMap(({ path }) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, i, parts) => parts.slice(0, i + 1).join('/')),
    ),
  ),
];

/** What `apk add` leaves behind. */
function addedFiles(): readonly FileRecipe[] {
  const packages = closure(API_PACKAGES);
  const files = packages.flatMap((one) => one.files.map(fileOf));
  const world = [
    'alpine-baselayout',
    'alpine-keys',
    'alpine-release',
    'apk-tools',
    'busybox',
    'busybox-binsh',
    'musl-utils',
    'ssl_client',
    ...API_PACKAGES,
  ];
  const books = [
    file('etc/apk/world', lines(...world.sort())),
    file('lib/apk/db/installed', installedText('3.23.0', [...ALPINE_BASE, ...packages])),
  ];
  return [...directories(...parents([...files, ...books])), ...files, ...books];
}

const api = (version: 1 | 2, created: string): ImageRecipe => ({
  repository: 'ferry/api',
  tags: version === 2 ? ['2', 'latest'] : ['1'],
  version: String(version),
  created,
  parent: ALPINE_3_23,
  steps: [
    {
      createdBy: 'COPY packages.txt /srv/packages.txt # buildkit',
      layer: { files: [...directories('srv'), file('srv/packages.txt', API_PACKAGES_TEXT)] },
    },
    {
      createdBy: 'RUN /bin/sh -c xargs apk add --no-cache < /srv/packages.txt # buildkit',
      layer: { files: addedFiles(), original: { sizeBytes: 1_420_000, unpackedBytes: 3_610_000 } },
    },
    {
      createdBy: 'COPY --chmod=755 api.sh /srv/cgi-bin/api.sh # buildkit',
      layer: { files: [...directories('srv', 'srv/cgi-bin'), script('srv/cgi-bin/api.sh', apiScript(version))] },
    },
    { createdBy: `EXPOSE [${API_PORT}/tcp]` },
    { createdBy: `CMD ["httpd" "-f" "-p" "${API_PORT}" "-h" "/srv"]` },
  ],
  config: {
    Env: [DEFAULT_PATH],
    Cmd: ['httpd', '-f', '-p', String(API_PORT), '-h', '/srv'],
    ExposedPorts: { [`${API_PORT}/tcp`]: {} },
    WorkingDir: '/',
  },
});

export const FERRIES: readonly ImageRecipe[] = [api(1, '2025-12-08T10:00:00Z'), api(2, '2026-01-05T10:00:00Z')];
