/** The Dockerfile instructions that `--change` takes, applied to a configuration. Upstream: moby builder/dockerfile BuildFromConfig. */
import type { ContainerConfig, HealthcheckConfig } from '../../oci/config.ts';
import { parseHealthcheck } from '../builder/dockerfile/healthcheck.ts';
import { nodeFromLine } from '../builder/dockerfile/nodes.ts';
import { invalid } from '../errors.ts';

type Change = (config: ContainerConfig, text: string) => ContainerConfig;

/** The words of a line, as a shell would split it. */
const words = (text: string): readonly string[] =>
  (text.match(/(?:[^\s"']|"(?:\\.|[^"])*"|'[^']*')+/g) ?? []).map((word) =>
    word.replace(/"((?:\\.|[^"])*)"|'([^']*)'/g, (_all, a?: string, b?: string) => (a ?? b ?? '').replace(/\\(.)/g, '$1')),
  );

/** `["a", "b"]` as it is, anything else through the shell. */
function command(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value;
  } catch {
    // Not the exec form.
  }
  return ['/bin/sh', '-c', text];
}

const empty = (names: readonly string[]): Readonly<Record<string, Record<string, never>>> =>
  Object.fromEntries(names.map((name) => [name, {}]));

const pairs = (text: string): readonly (readonly [string, string])[] => {
  const list = words(text);
  if (list.length === 0 || list[0]?.includes('='))
    return list.map((word) => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)]);
  return [[list[0] ?? '', text.slice((list[0] ?? '').length).trim()]];
};

function healthcheck(text: string): HealthcheckConfig {
  const node = nodeFromLine(`HEALTHCHECK ${text}`, '\\');
  return parseHealthcheck({ ...node, heredocs: [], comments: [], lines: { start: 1, end: 1 } });
}

const CHANGES: Readonly<Record<string, Change>> = {
  CMD: (config, text) => ({ ...config, Cmd: command(text) }),
  ENTRYPOINT: (config, text) => ({ ...config, Entrypoint: command(text) }),
  ENV: (config, text) => {
    const set = pairs(text);
    const kept = (config.Env ?? []).filter((entry) => !set.some(([name]) => entry.startsWith(`${name}=`)));
    return { ...config, Env: [...kept, ...set.map(([name, value]) => `${name}=${value}`)] };
  },
  EXPOSE: (config, text) => ({
    ...config,
    ExposedPorts: { ...config.ExposedPorts, ...empty(words(text).map((port) => (port.includes('/') ? port : `${port}/tcp`))) },
  }),
  LABEL: (config, text) => ({ ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairs(text)) } }),
  ONBUILD: (config, text) => ({ ...config, OnBuild: [...(config.OnBuild ?? []), text] }),
  USER: (config, text) => ({ ...config, User: text.trim() }),
  VOLUME: (config, text) => {
    const names = text.trim().startsWith('[') ? command(text) : words(text);
    return { ...config, Volumes: { ...config.Volumes, ...empty(names) } };
  },
  WORKDIR: (config, text) => ({
    ...config,
    WorkingDir: text.trim().startsWith('/') ? text.trim() : `${config.WorkingDir ?? ''}/${text.trim()}`,
  }),
  HEALTHCHECK: (config, text) => ({ ...config, Healthcheck: healthcheck(text) }),
  STOPSIGNAL: (config, text) => ({ ...config, StopSignal: text.trim() }),
};

/** Throws DockerError for an instruction that is none of them. */
export function applyChanges(config: ContainerConfig, changes: readonly string[]): ContainerConfig {
  let result = config;
  for (const line of changes.flatMap((text) => text.split('\n')).filter((text) => text.trim() !== '')) {
    const [, name = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    const change = CHANGES[name.toUpperCase()];
    if (!change) throw invalid(`${name.toUpperCase()} is not a valid change command`);
    result = change(result, rest);
  }
  return result;
}
