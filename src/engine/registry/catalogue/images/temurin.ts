/** eclipse-temurin: a runtime of Java, without its compiler. */
import {
  DEFAULT_PATH,
  directories,
  type FileRecipe,
  file,
  type ImageRecipe,
  type Libc,
  lines,
  program,
  type Step,
  script,
} from '../recipe.ts';
import { UBUNTU } from './ubuntu.ts';

const TEMURIN_ENTRYPOINT = lines('#!/usr/bin/env sh', '# Certificates may be added before the command starts.', 'set -e', 'exec "$@"');
const JAVA_HOME = '/opt/java/openjdk';

function temurin(): ImageRecipe {
  const version = 'jdk-21.0.9+10';
  const env = [
    `JAVA_HOME=${JAVA_HOME}`,
    `PATH=${JAVA_HOME}/bin:${DEFAULT_PATH.slice('PATH='.length)}`,
    'LANG=en_US.UTF-8',
    'LANGUAGE=en_US:en',
    'LC_ALL=en_US.UTF-8',
    `JAVA_VERSION=${version}`,
  ];
  const home = JAVA_HOME.slice(1);
  const libc: Libc = 'glibc';
  const java: readonly FileRecipe[] = [
    ...directories('opt', 'opt/java', home, `${home}/bin`, `${home}/lib`, `${home}/conf`),
    program(`${home}/bin/java`, `java:${version}`, libc),
    file(
      `${home}/release`,
      lines('IMPLEMENTOR="Eclipse Adoptium"', 'IMPLEMENTOR_VERSION="Temurin-21.0.9+10"', 'JAVA_VERSION="21.0.9"', 'IMAGE_TYPE="JRE"'),
    ),
  ];
  return {
    repository: 'library/eclipse-temurin',
    tags: ['21-jre', '21-jre-noble', '21.0.9_10-jre', '21.0.9_10-jre-noble'],
    version: '21.0.9_10-jre-noble',
    created: '2025-11-20T20:02:13Z',
    parent: UBUNTU,
    steps: [
      ...env.slice(0, 2).map((one): Step => ({ createdBy: `ENV ${one}` })),
      { createdBy: `ENV ${env.slice(2, 5).join(' ')}` },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     apt-get update;     DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends         curl         wget         gnupg         fontconfig         ca-certificates p11-kit         tzdata         locales     ;     rm -rf /var/lib/apt/lists/* # buildkit',
        layer: {
          files: [
            ...directories('usr', 'usr/bin', 'etc', 'etc/ssl', 'etc/ssl/certs'),
            program('usr/bin/curl', 'curl', libc),
            program('usr/bin/wget', 'wget', libc),
            file('etc/locale.gen', lines('en_US.UTF-8 UTF-8')),
          ],
          original: { sizeBytes: 16_980_000, unpackedBytes: 46_300_000 },
        },
      },
      { createdBy: `ENV JAVA_VERSION=${version}` },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     ARCH="$(dpkg --print-architecture)";     wget --progress=dot:giga -O /tmp/openjdk.tar.gz ${BINARY_URL};     mkdir -p "$JAVA_HOME";     tar --extract         --file /tmp/openjdk.tar.gz         --directory "$JAVA_HOME"         --strip-components 1         --no-same-owner     ; # buildkit',
        layer: { files: java, original: { sizeBytes: 52_900_000, unpackedBytes: 163_000_000 } },
      },
      {
        createdBy:
          'RUN /bin/sh -c set -eux;     echo "Verifying install ...";     echo "java --version"; java --version;     echo "Complete." # buildkit',
        layer: { files: directories('tmp') },
      },
      {
        createdBy: 'COPY --chmod=755 entrypoint.sh /__cacert_entrypoint.sh # buildkit',
        layer: { files: [script('__cacert_entrypoint.sh', TEMURIN_ENTRYPOINT)] },
      },
      { createdBy: 'ENTRYPOINT ["/__cacert_entrypoint.sh"]' },
    ],
    config: { ...UBUNTU.config, Env: env, Entrypoint: ['/__cacert_entrypoint.sh'], Cmd: null },
  };
}

export const TEMURIN = temurin();
