import { describe, expect, it } from 'vitest';
import { verticesOf } from '../../../../src/engine/daemon/builder/plan/vertex.ts';
import { planOf } from './planning.ts';

const stepsOf = async (text: string): Promise<readonly string[]> => {
  const { target } = await planOf(text);
  return [...verticesOf(target.state).values()].map(({ name }) => name).filter((name) => name.startsWith('['));
};

describe('a Dockerfile as a plan', () => {
  it('leaves an absolute working directory as it was written, and joins a relative one', async () => {
    const { target } = await planOf('FROM a\nWORKDIR /app/\n');
    expect(target.image.config.WorkingDir).toBe('/app/');
    expect(target.image.history.at(-1)?.created_by).toBe('WORKDIR /app/');
    const joined = await planOf('FROM a\nWORKDIR /app/\nWORKDIR x/\n');
    expect(joined.target.image.config.WorkingDir).toBe('/app/x');
  });

  it('shows in capitals what stands before the first space', async () => {
    expect(await stepsOf('FROM scratch\nrun\techo hi\n')).toEqual(['[1/1] RUN\tECHO hi']);
  });

  it('takes any number but 0 for a signal, and no devices', async () => {
    expect((await planOf('FROM a\nSTOPSIGNAL -1\n')).target.image.config.StopSignal).toBe('-1');
    await expect(planOf('FROM a\nSTOPSIGNAL 0\n')).rejects.toThrow('invalid signal: 0');
    await expect(planOf('FROM a\nRUN --device=x true\n')).rejects.toThrow(
      'device feature is only supported in Dockerfile frontend 1.14.0-labs or later',
    );
  });
});
