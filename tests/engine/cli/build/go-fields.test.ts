import { describe, expect, it } from 'vitest';
import { imageDocument } from '../../../../src/engine/cli/build/go-fields.ts';

describe('an image’s configuration as Go has it', () => {
  it('has its fields in the order of the struct, those that are set, and no others', () => {
    const image = {
      ...{ history: [], rootfs: { type: 'layers' }, os: 'linux', architecture: 'amd64', 'moby.buildkit.buildinfo.v1': 'x' },
      config: { WorkingDir: '/app', Cmd: ['sh'], Entrypoint: null, User: '', Env: ['A=1'], OnBuild: ['RUN x'] },
    };
    expect(JSON.stringify(imageDocument(image))).toBe(
      '{"architecture":"amd64","os":"linux","config":{"Env":["A=1"],"Cmd":["sh"],"WorkingDir":"/app"},"rootfs":{"type":"layers"},"history":[]}',
    );
  });

  it('leaves what is none', () => {
    expect([imageDocument(null), imageDocument('text')]).toEqual([null, 'text']);
  });
});
