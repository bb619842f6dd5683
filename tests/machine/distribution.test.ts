import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';

const ASK = 'curl -s --unix-socket /var/run/docker.sock http://d/v1.55';
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const AMD64 = '%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22amd64%22%7D';
const S390X = '%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22s390x%22%7D';

async function sh(script: string): Promise<string[]> {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'], needs: ['registry'] }), nodeHost);
  let text = '';
  await runJob(machine, {
    argv: ['sh', '-c', script],
    onOutput: (_stream, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  expect(machine.faults()).toEqual([]);
  return text.split('\n');
}

describe('what a registry has under a name', () => {
  it('is told without a pull, with its platforms', async () => {
    const [index, single] = await sh(
      `${ASK}/distribution/busybox:1.35/json; docker tag busybox:1.35 localhost:5000/app:1; docker push -q localhost:5000/app:1 >/dev/null; ${ASK}/distribution/localhost:5000/app:1/json`,
    );
    expect(JSON.parse(index ?? '')).toEqual({
      Descriptor: {
        mediaType: 'application/vnd.oci.image.index.v1+json',
        digest: expect.stringMatching(DIGEST),
        size: 1632,
      },
      Platforms: [
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm64', os: 'linux', variant: 'v8' },
        { architecture: 'unknown', os: 'unknown' },
        { architecture: 'unknown', os: 'unknown' },
      ],
    });
    expect(JSON.parse(single ?? '')).toEqual({
      Descriptor: {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: expect.stringMatching(DIGEST),
        size: 480,
      },
      Platforms: null,
    });
  });

  it('may have all the parts of what it does not take', async () => {
    const lines = await sh('docker push busybox:1.35 2>&1 | tail -n 2');
    expect(lines[0]).toMatch(/: Layer already exists$/);
    expect(lines[1]).toMatch(
      /^failed commit on ref "manifest-sha256:[0-9a-f]{64}": server message: insufficient_scope: authorization failed$/,
    );
  });

  it('is nothing, or nobody’s business, or cannot be asked', async () => {
    const names = ['busybox:9', 'nosuch/image:1', 'UPPER', 'localhost:5001/x', 'nosuch.example/x:1'];
    const lines = await sh(names.map((name) => `${ASK}/distribution/${name}/json -w ' %{http_code}\\n' | tr -d '\\n'; echo`).join('; '));
    expect(lines.slice(0, -1)).toEqual([
      '{"message":"manifest unknown: manifest unknown"} 404',
      '{"message":"errors:\\ndenied: requested access to the resource is denied\\nunauthorized: authentication required\\n"} 403',
      '{"message":"invalid reference format: repository name (library/UPPER) must be lowercase"} 400',
      '{"message":"Get \\"http://localhost:5001/v2/\\": dial tcp 127.0.0.1:5001: connect: connection refused"} 500',
      '{"message":"Get \\"https://nosuch.example/v2/\\": dial tcp: lookup nosuch.example on 192.168.50.10:53: no such host"} 500',
    ]);
  });
});

describe('what is attested of an image', () => {
  it('is listed by kind, with its statement if that is asked for', async () => {
    const at = `'${ASK.slice(ASK.lastIndexOf('http'))}/images`;
    const curl = ASK.slice(0, ASK.lastIndexOf(' '));
    const [plain, whole, other, absent] = await sh(
      [
        `busybox:1.35/attestations'`,
        `busybox:1.35/attestations?statement=1&platform=${AMD64}'`,
        `busybox:1.35/attestations?type=x'`,
        `busybox:1.35/attestations?platform=${S390X}'`,
      ]
        .map((path) => `${curl} ${at}/${path} | tr -d '\\n'; echo`)
        .join('; '),
    );
    const descriptor = {
      mediaType: 'application/vnd.in-toto+json',
      digest: expect.stringMatching(DIGEST),
      size: 467,
      annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
    };
    const shown = { Descriptor: descriptor, PredicateType: 'https://slsa.dev/provenance/v1' };
    expect(JSON.parse(plain ?? '')).toEqual([shown]);
    expect(JSON.parse(whole ?? '')).toMatchObject([{ ...shown, Statement: { _type: 'https://in-toto.io/Statement/v0.1' } }]);
    expect(other).toBe('[]');
    expect(absent).toContain('no manifest for platform linux/s390x: not found');
  });
});
