/** A large server, to be looked at: gitlab-ce. Its programs say that they are not part of this model. */
import { directories, file, type ImageRecipe, lines, program, type Step, script, symlink } from '../recipe.ts';
import { UBUNTU } from './ubuntu.ts';

const GITLAB_ENV = [
  'PATH=/opt/gitlab/embedded/bin:/opt/gitlab/bin:/assets:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LANG=C.UTF-8',
  'EDITOR=/bin/vi',
  'TERM=xterm',
];

export const GITLAB: ImageRecipe = {
  repository: 'gitlab/gitlab-ce',
  tags: ['18.7.0-ce.0', 'latest'],
  version: '18.7.0-ce.0',
  created: '2025-12-18T09:31:12Z',
  parent: UBUNTU,
  steps: [
    { createdBy: 'LABEL maintainer=GitLab Inc. <support@gitlab.com>' },
    { createdBy: 'SHELL [/bin/sh -c]' },
    { createdBy: 'ENV LANG=C.UTF-8' },
    {
      createdBy:
        'RUN /bin/sh -c apt-get update -q     && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends       busybox       ca-certificates       openssh-server       tzdata       wget       perl       libperl5.38t64     && rm -rf /var/lib/apt/lists/* # buildkit',
      layer: {
        files: [...directories('usr', 'usr/sbin', 'etc', 'etc/ssh'), program('usr/sbin/sshd', 'absent:sshd', 'glibc')],
        original: { sizeBytes: 39_400_000, unpackedBytes: 118_000_000 },
      },
    },
    { createdBy: 'ARG RELEASE_PACKAGE=gitlab-ce' },
    {
      createdBy: 'COPY RELEASE /RELEASE # buildkit',
      layer: { files: [file('RELEASE', lines('RELEASE_PACKAGE=gitlab-ce', 'RELEASE_VERSION=18.7.0-ce.0'))] },
    },
    {
      createdBy: 'COPY assets/ /assets/ # buildkit',
      layer: {
        files: [
          ...directories('assets'),
          program('assets/wrapper', 'absent:gitlab', 'glibc'),
          script('assets/setup', lines('#!/bin/bash', 'exit 0')),
        ],
      },
    },
    {
      createdBy: 'RUN /bin/sh -c /assets/setup # buildkit',
      layer: {
        files: [
          ...directories(
            'etc',
            'etc/gitlab',
            'opt',
            'opt/gitlab',
            'opt/gitlab/bin',
            'opt/gitlab/embedded',
            'opt/gitlab/embedded/bin',
            'var',
            'var/log',
            'var/log/gitlab',
            'var/opt',
            'var/opt/gitlab',
          ),
          ...['ruby', 'go', 'redis-server', 'postgres', 'nginx'].map((name) =>
            program(`opt/gitlab/embedded/bin/${name}`, 'absent:gitlab', 'glibc'),
          ),
          program('opt/gitlab/bin/gitlab-ctl', 'absent:gitlab', 'glibc'),
          symlink('opt/gitlab/bin/gitlab-rake', 'gitlab-ctl'),
        ],
        original: { sizeBytes: 1_600_000_000, unpackedBytes: 3_720_000_000 },
      },
    },
    ...GITLAB_ENV.filter((one) => !one.startsWith('LANG=')).map((one): Step => ({ createdBy: `ENV ${one}` })),
    { createdBy: 'EXPOSE map[22/tcp:{} 443/tcp:{} 80/tcp:{}]' },
    { createdBy: 'VOLUME [/etc/gitlab /var/opt/gitlab /var/log/gitlab]' },
    { createdBy: 'CMD ["/assets/wrapper"]' },
    {
      createdBy: 'HEALTHCHECK &{["CMD-SHELL" "/opt/gitlab/bin/gitlab-healthcheck --fail --max-time 10"] "1m0s" "30s" "0s" "0s" \'\\x05\'}',
    },
  ],
  config: {
    ExposedPorts: { '22/tcp': {}, '443/tcp': {}, '80/tcp': {} },
    Env: GITLAB_ENV,
    Cmd: ['/assets/wrapper'],
    Healthcheck: {
      Test: ['CMD-SHELL', '/opt/gitlab/bin/gitlab-healthcheck --fail --max-time 10'],
      Interval: 60_000_000_000,
      Timeout: 30_000_000_000,
      Retries: 5,
    },
    Volumes: { '/etc/gitlab': {}, '/var/log/gitlab': {}, '/var/opt/gitlab': {} },
    Labels: { ...UBUNTU.config.Labels, maintainer: 'GitLab Inc. <support@gitlab.com>' },
    Shell: ['/bin/sh', '-c'],
  },
};
