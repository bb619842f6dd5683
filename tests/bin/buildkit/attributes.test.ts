import { describe, expect, it } from 'vitest';
import { imageWords, namesOf, queryOf, registriesOf, sessionOf, sourcesOf } from '../../../src/bin/buildkit/attributes.ts';
import { SOLVE_REQUEST, type SolveRequest } from '../../../src/bin/buildkit/messages/control.ts';
import { entriesOf, recordOf } from '../../../src/bin/buildkit/messages/message.ts';

/** What Buildx 0.36.1 sent for `docker build -t cap --build-arg A=1 .`. */
const CAPTURED =
  '0a19376d32687333666f737667757a337a796c33366370686f396b1a046d6f6279221b0a137072656665722d696d6167652d646967657374120474727565220b0a04' +
  '6e616d6512036361702a196b3834326767706776376f6a686e6263743078686d3372346e3a1b0a12696d6167652d7265736f6c76652d6d6f646512056c6f63616c3a' +
  '160a0866696c656e616d65120a446f636b657266696c653a100a0b6275696c642d6172673a411201313a2e0a116174746573743a70726f76656e616e636512196d6f' +
  '64653d6d696e2c696e6c696e652d6f6e6c793d7472756542006a300a046d6f6279121b0a137072656665722d696d6167652d646967657374120474727565120b0a04' +
  '6e616d651203636170';
const captured = SOLVE_REQUEST.decode(new Uint8Array(Buffer.from(CAPTURED, 'hex')));
const asking = (rest: Partial<SolveRequest>): SolveRequest => ({ ...captured, ...rest });
const exporter = (type: string, attrs: Readonly<Record<string, string>>) => ({ type, attrs: entriesOf(attrs) });

describe('what a client asks for', () => {
  it('is read from its bytes', () => {
    expect(captured).toMatchObject({
      ref: '7m2hs3fosvguz3zyl36cpho9k',
      session: 'k842ggpgv7ojhnbct0xhm3r4n',
      frontend: '',
      internal: false,
    });
    expect(recordOf(captured.frontendAttrs)).toEqual({
      'attest:provenance': 'mode=min,inline-only=true',
      'build-arg:A': '1',
      filename: 'Dockerfile',
      'image-resolve-mode': 'local',
    });
    expect(namesOf(captured)).toEqual(['cap']);
    expect(sessionOf(recordOf(captured.frontendAttrs), captured)).toMatchObject({
      Ref: '7m2hs3fosvguz3zyl36cpho9k',
      Call: 'build',
      Attests: { provenance: 'mode=min,inline-only=true' },
      Outputs: [{ Type: 'moby', Attrs: { name: 'cap', 'prefer-image-digest': 'true' } }],
    });
  });

  it('survives being cut off anywhere', () => {
    for (let length = 1; length < CAPTURED.length / 2; length++) {
      const bytes = new Uint8Array(Buffer.from(CAPTURED.slice(0, length * 2), 'hex'));
      try {
        expect(SOLVE_REQUEST.decode(bytes).frontend).toBe('');
      } catch (error) {
        expect(error).toMatchObject({ name: 'GrpcError', message: expect.stringContaining('error unmarshalling request') });
      }
    }
  });

  it('becomes the query of POST /build', () => {
    const attrs = {
      filename: 'other.df',
      target: 'test',
      'build-arg:A': '1',
      'label:a.b': 'c',
      'no-cache': '',
      'image-resolve-mode': 'pull',
      platform: 'linux/amd64',
      memory: '1000',
    };
    expect(queryOf(attrs, ['a', 'b:1'])).toMatchObject({
      version: '2',
      t: ['a', 'b:1'],
      dockerfile: 'other.df',
      target: 'test',
      buildargs: '{"A":"1"}',
      labels: '{"a.b":"c"}',
      nocache: '1',
      pull: '1',
      platform: 'linux/amd64',
      memory: '1000',
      remote: undefined,
    });
    expect(queryOf({ 'image-resolve-mode': 'local' }, [])).toMatchObject({ pull: undefined, nocache: undefined, buildargs: undefined });
  });

  it('becomes a session of the engine', () => {
    const attrs = {
      'no-cache': 'one,two',
      'add-hosts': 'db=10.0.0.1,web=::1',
      ulimit: 'nofile=1:2',
      'shm-size': '65536',
      'force-network-mode': 'none',
      'cgroup-parent': '/x',
      'context:files': 'local:files2',
      'context:base': 'docker-image://alpine',
      requestid: 'frontend.lint',
    };
    expect(sessionOf(attrs, captured)).toMatchObject({
      NoCacheFilter: ['one', 'two'],
      AddHosts: ['db:10.0.0.1', 'web:::1'],
      Ulimits: ['nofile=1:2'],
      ShmSize: 65536,
      Network: 'none',
      CgroupParent: '/x',
      Contexts: { files: 'local', base: 'docker-image://alpine' },
      Call: 'lint',
      Attests: { provenance: null },
    });
    expect(sourcesOf(attrs).named).toEqual(new Map([['files', 'files2']]));
  });

  it('says where the files are', () => {
    expect(sourcesOf({ filename: 'x.df' })).toMatchObject({
      filename: 'x.df',
      dockerfileDirectory: 'dockerfile',
      context: { kind: 'local', name: 'context' },
    });
    expect(sourcesOf({ context: 'http://buildkit-session/abc' })).toMatchObject({
      dockerfileDirectory: undefined,
      context: { kind: 'upload' },
    });
    expect(sourcesOf({ context: 'https://example.com/a.tar', dockerfilekey: 'dockerfile' })).toMatchObject({
      dockerfileDirectory: 'dockerfile',
      context: { kind: 'remote', url: 'https://example.com/a.tar' },
    });
  });

  it('is refused by name where there is no such thing', () => {
    expect(() => sessionOf({}, asking({ proxyNetwork: true }))).toThrow('network proxy');
    const local = { exports: [exporter('local', { dest: 'c' })], imports: [] };
    expect(() => sessionOf({}, asking({ cache: local }))).toThrow('type=local');
    expect(() => sessionOf({}, asking({ exporters: [exporter('oci', { tar: 'false' })] }))).toThrow('exporting type=oci into a directory');
  });
});

describe('registries of a build', () => {
  it('are those of its images, its arguments, its names and its caches', () => {
    const dockerfile =
      '# syntax=one.example/df:1\nARG BASE=localhost:5000/base\nFROM $BASE\nRUN curl https://other.example/x\n' +
      'COPY --from=two.example:443/tools /t /t\nRUN --mount=from=three.example/m,target=/m true\n';
    expect(registriesOf([...imageWords(dockerfile), 'four.example/app:1', 'app'])).toEqual([
      'docker.io',
      'one.example',
      'localhost:5000',
      'two.example:443',
      'three.example',
      'four.example',
    ]);
  });
});
