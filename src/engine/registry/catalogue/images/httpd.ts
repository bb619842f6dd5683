import { DEFAULT_PATH, directories, file, type ImageRecipe, lines, program, script } from '../recipe.ts';
import { DEBIAN_13_SLIM } from './debian.ts';

const PREFIX = 'usr/local/apache2';
const VERSION = '2.4.65';

const HTTPD_CONF = lines(
  'ServerRoot "/usr/local/apache2"',
  'Listen 80',
  'User www-data',
  'Group www-data',
  'ServerAdmin you@example.com',
  '',
  '<Directory />',
  '    AllowOverride none',
  '    Require all denied',
  '</Directory>',
  '',
  'DocumentRoot "/usr/local/apache2/htdocs"',
  '<Directory "/usr/local/apache2/htdocs">',
  '    Options Indexes FollowSymLinks',
  '    AllowOverride None',
  '    Require all granted',
  '</Directory>',
  '',
  'DirectoryIndex index.html',
  'ErrorLog /proc/self/fd/2',
  'LogLevel warn',
  'LogFormat "%h %l %u %t \\"%r\\" %>s %b" common',
  'CustomLog /proc/self/fd/1 common',
  'TypesConfig conf/mime.types',
);

const FOREGROUND = lines(
  '#!/bin/sh',
  'set -e',
  '# A pid file that a killed server left behind would keep this one from starting.',
  'rm -f /usr/local/apache2/logs/httpd.pid',
  '',
  'exec httpd -DFOREGROUND "$@"',
);

export const HTTPD: ImageRecipe = {
  repository: 'library/httpd',
  tags: ['2.4', VERSION, '2', 'latest'],
  version: VERSION,
  created: '2025-11-18T03:14:02Z',
  parent: DEBIAN_13_SLIM,
  steps: [
    { createdBy: 'ENV HTTPD_PREFIX=/usr/local/apache2' },
    { createdBy: 'ENV PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    {
      createdBy: 'RUN /bin/sh -c mkdir -p "$HTTPD_PREFIX" \t&& chown www-data:www-data "$HTTPD_PREFIX" # buildkit',
      layer: {
        files: [...directories('usr', 'usr/local'), { kind: 'directory', path: PREFIX, uid: 33, gid: 33 }],
        original: { sizeBytes: 145, unpackedBytes: 0 },
      },
    },
    { createdBy: 'WORKDIR /usr/local/apache2' },
    { createdBy: `ENV HTTPD_VERSION=${VERSION}` },
    {
      createdBy: 'RUN /bin/sh -c set -eux; ./configure --prefix="$HTTPD_PREFIX"; make -j "$(nproc)"; make install # buildkit',
      layer: {
        files: [
          ...directories(...['', '/bin', '/conf', '/htdocs', '/logs', '/cgi-bin', '/modules'].map((part) => PREFIX + part)),
          program(`${PREFIX}/bin/httpd`, `httpd:${VERSION}`, 'glibc'),
          program(`${PREFIX}/bin/htpasswd`, 'htpasswd', 'glibc'),
          file(`${PREFIX}/conf/httpd.conf`, HTTPD_CONF),
          file(
            `${PREFIX}/conf/mime.types`,
            lines(
              'text/html html htm',
              'text/css css',
              'text/plain txt',
              'text/javascript js',
              'image/png png',
              'image/jpeg jpeg jpg',
              'image/svg+xml svg',
              'application/json json',
            ),
          ),
          file(`${PREFIX}/htdocs/index.html`, '<html><body><h1>It works!</h1></body></html>\n'),
        ],
        original: { sizeBytes: 11_900_000, unpackedBytes: 38_400_000 },
      },
    },
    { createdBy: 'STOPSIGNAL SIGWINCH' },
    {
      createdBy: 'COPY httpd-foreground /usr/local/bin/ # buildkit',
      layer: { files: [...directories('usr', 'usr/local', 'usr/local/bin'), script('usr/local/bin/httpd-foreground', FOREGROUND)] },
    },
    { createdBy: 'EXPOSE map[80/tcp:{}]' },
    { createdBy: 'CMD ["httpd-foreground"]' },
  ],
  config: {
    ExposedPorts: { '80/tcp': {} },
    Env: [
      `PATH=/usr/local/apache2/bin:${DEFAULT_PATH.slice('PATH='.length)}`,
      'HTTPD_PREFIX=/usr/local/apache2',
      `HTTPD_VERSION=${VERSION}`,
    ],
    Cmd: ['httpd-foreground'],
    WorkingDir: '/usr/local/apache2',
    StopSignal: 'SIGWINCH',
  },
};
