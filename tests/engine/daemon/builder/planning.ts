/** Plans a Dockerfile without an engine: every image is there and has nothing in it but what a test gives it. */

import { Linter, parseCheckOptions } from '../../../../src/engine/daemon/builder/lint/linter.ts';
import type { PlanOptions } from '../../../../src/engine/daemon/builder/plan/options.ts';
import { type Plan, plan } from '../../../../src/engine/daemon/builder/plan/plan.ts';
import type { ContainerConfig } from '../../../../src/engine/oci/config.ts';
import type { Digest } from '../../../../src/engine/oci/digest.ts';

export interface Planning {
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly base?: ContainerConfig;
  readonly ignored?: (path: string) => boolean;
  readonly check?: string;
  readonly withAllStages?: boolean;
}

const PLATFORM = { os: 'linux', architecture: 'amd64' };

export async function planOf(
  text: string,
  { target = '', args = {}, base = {}, ignored, check = '', withAllStages = false }: Planning = {},
): Promise<Plan & { readonly linter: Linter }> {
  const linter = new Linter(parseCheckOptions(check));
  const options: PlanOptions = {
    target,
    withAllStages,
    buildArgs: new Map(Object.entries(args)),
    labels: {},
    platform: undefined,
    hostPlatform: PLATFORM,
    showsPlatform: false,
    noCache: false,
    noCacheFilter: [],
    networkMode: '',
    hostname: '',
    extraHosts: [],
    shmSizeBytes: 0,
    ulimits: [],
    cgroupParent: '',
    linter,
    loadIgnored: async () => ignored,
    namedContext: () => undefined,
    announce: async () => {},
    resolve: async (reference) => ({
      reference,
      digest: `sha256:${'0'.repeat(64)}` as Digest,
      config: {
        ...PLATFORM,
        config: base,
        rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] },
        history: [{ created_by: 'base' }],
      },
    }),
    all: async (tasks) => {
      for (const task of tasks) await task();
    },
  };
  return { ...(await plan(text, options)), linter };
}

/** The rules that a Dockerfile breaks, with their lines. */
export async function rulesOf(text: string, planning: Planning = {}): Promise<readonly string[]> {
  const { linter } = await planOf(text, planning);
  return linter.findings.map(({ rule, lines }) => `${rule.name}:${lines.start}`).sort();
}
