import { describe, expect, it } from 'vitest';
import {
  canonicalName,
  familiarName,
  InvalidReference,
  matchesPlatform,
  parsePlatform,
  parseReference,
  withDefaultTag,
  withTag,
} from '../../../src/engine/oci/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['nginx:1.29', 'docker.io/library/nginx:1.29', 'nginx:1.29'],
    ['example/web', 'docker.io/example/web:latest', 'example/web:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app:latest'],
    ['localhost:5000/app:v1', 'localhost:5000/app:v1', 'localhost:5000/app:v1'],
    ['library/a/b', 'docker.io/library/a/b:latest', 'library/a/b:latest'],
    ['ghcr.io/a/b_c.d--e', 'ghcr.io/a/b_c.d--e:latest', 'ghcr.io/a/b_c.d--e:latest'],
    ['[::1]:5000/x', '[::1]:5000/x:latest', '[::1]:5000/x:latest'],
    ['Registry/app', 'Registry/app:latest', 'Registry/app:latest'],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`, `nginx@${DIGEST}`],
    [`nginx:1@${DIGEST}`, `docker.io/library/nginx:1@${DIGEST}`, `nginx:1@${DIGEST}`],
  ])('%s', (typed, canonical, familiar) => {
    const reference = withDefaultTag(parseReference(typed));
    expect([canonicalName(reference), familiarName(reference)]).toEqual([canonical, familiar]);
  });

  it.each([
    ['Nginx', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['example/Web:x', 'invalid reference format: repository name (example/Web) must be lowercase'],
    ['', 'invalid reference format'],
    ['a:b:c', 'invalid reference format'],
    ['-x', 'invalid reference format'],
    ['x@sha256:abc', 'invalid reference format'],
    [`x@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
    [`x@md5:${'a'.repeat(40)}`, 'unsupported digest algorithm'],
    ['a'.repeat(300), 'repository name must not be more than 255 characters'],
    ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  ])('refuses %j', (typed, message) => {
    expect(() => parseReference(typed)).toThrow(new InvalidReference(message));
  });

  it('refuses a tag that is none', () => {
    expect(() => withTag(parseReference('nginx'), 'a b')).toThrow('invalid tag format');
  });
});

describe('platforms', () => {
  it('are normalised before they are compared', () => {
    expect(parsePlatform('linux/aarch64')).toEqual({ os: 'linux', architecture: 'arm64' });
    expect(matchesPlatform({ os: 'linux', architecture: 'arm64' }, { os: 'linux', architecture: 'arm64', variant: 'v8' })).toBe(true);
    expect(matchesPlatform({ os: 'linux', architecture: 'amd64' }, { os: 'unknown', architecture: 'unknown' })).toBe(false);
    expect(parsePlatform('linux/arm/7')).toEqual({ os: 'linux', architecture: 'arm', variant: 'v7' });
    expect(parsePlatform('nonsense')).toBeNull();
  });
});
