import { describe, expect, it } from 'vitest';
import { OP, type Operation } from '../../../src/bin/buildkit/messages/definition.ts';
import { remoteContextOf } from '../../../src/bin/buildkit/remote.ts';

const graph = (...operations: readonly Operation[]): string | undefined =>
  remoteContextOf({ def: operations.map((one) => OP.encode(one)) });
const source = (identifier: string): Operation => ({ source: { identifier } });

describe('a graph of a client', () => {
  it('is a remote context if it is a file from the network, and what unpacks it', () => {
    expect(graph(source('https://example.com/a.tar'), {}, {})).toBe('https://example.com/a.tar');
    expect(graph(source('http://example.com/Dockerfile'))).toBe('http://example.com/Dockerfile');
  });

  it('is nothing else that is understood', () => {
    expect(graph()).toBeUndefined();
    expect(graph(source('docker-image://docker.io/library/busybox:latest'))).toBeUndefined();
    expect(graph(source('git://github.com/a/b.git'))).toBeUndefined();
    expect(graph(source('https://example.com/a'), source('https://example.com/b'))).toBeUndefined();
    expect(graph(source('https://example.com/a'), { exec: {} })).toBeUndefined();
    expect(() => remoteContextOf({ def: [new Uint8Array([0x1a, 0x7f])] })).toThrow('unexpected end of data');
  });
});
