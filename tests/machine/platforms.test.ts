/** Images for other processors than this computer's. */
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['alpine'] });
  let text = '';
  await runJob(machine, { argv: ['bash', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

const CROSS = `cat > Dockerfile <<'EOF'
FROM --platform=$BUILDPLATFORM alpine AS build
ARG TARGETARCH
RUN echo made on $(uname -m) for $TARGETARCH > /out
FROM alpine
COPY --from=build /out /out
CMD ["cat", "/out"]
EOF
`;

describe('another platform', () => {
  it('does not run here', async () => {
    const text = await sh(
      `docker pull -q --platform linux/arm64 alpine; docker run --rm --platform linux/arm64 alpine true; echo $?
       docker create -q --name foreign --platform linux/arm64 alpine; docker cp -q foreign:/bin/busybox .; ./busybox; echo $?
       printf 'FROM alpine\\nRUN true\\n' | docker build -q --platform linux/arm64 - 2>&1 | tail -1`,
    );
    expect(text).toMatch(/\nexec \/bin\/true: exec format error\n255\n/);
    expect(text).toMatch(/busybox: cannot execute binary file: Exec format error\n126\n/);
    expect(text).toContain('process "/bin/sh -c true" did not complete successfully: exit code: 255\n');
  });

  it('is built for beside this one, where nothing of it has to run', async () => {
    const text = await sh(
      `${CROSS}docker build --platform linux/amd64,linux/arm64 -t cross . 2>&1 | grep -E '^#[0-9]+ \\[.*RUN|exporting manifest sha'
       docker run --rm cross; docker image inspect --platform linux/arm64 -f '{{.Architecture}}' cross
       docker build -q --platform linux/amd64,linux/arm64 -o out . ; cat out/linux_arm64/out`,
    );
    expect(text.replace(/[0-9a-f]{64}/g, 'H').replace(/^#\d+/gm, '#')).toBe(
      [
        '# [linux/amd64 build 2/2] RUN echo made on $(uname -m) for amd64 > /out',
        '# [linux/amd64->arm64 build 2/2] RUN echo made on $(uname -m) for arm64 > /out',
        '# exporting manifest sha256:H done',
        '# exporting manifest sha256:H done',
        'made on x86_64 for amd64',
        'arm64',
        '',
        'made on x86_64 for arm64',
        '',
      ].join('\n'),
    );
  });
});
