/** The Dockerfile instructions that `--change` takes, applied to a configuration. Upstream: moby builder/dockerfile BuildFromConfig. */
import { cleanPath } from '../../api-types/ignore/clean-path.ts';
import type { ContainerConfig, HealthcheckConfig } from '../../oci/config.ts';
import { DockerfileError } from '../builder/dockerfile/errors.ts';
import { expand } from '../builder/dockerfile/expand.ts';
import { parseHealthcheck } from '../builder/dockerfile/healthcheck.ts';
import { nodeFromLine } from '../builder/dockerfile/nodes.ts';
import { badSignal } from '../containers/errors.ts';
import { parseSignal } from '../containers/signals.ts';
import { invalid } from '../errors.ts';

type Change = (config: ContainerConfig, text: string) => ContainerConfig;

/** The words of a line, as a shell would split it. */
const words = (text: string): readonly string[] =>
  (text.match(/(?:\\.|[^\s"'\\]|"(?:\\.|[^"])*"|'[^']*')+/g) ?? []).map((word) =>
    word.replace(
      /"((?:\\.|[^"])*)"|'([^']*)'|\\(.)/g,
      (_all, a?: string, b?: string, c?: string) => c ?? b ?? (a ?? '').replace(/\\(.)/g, '$1'),
    ),
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
    const env = [...(config.Env ?? [])];
    for (const [name, value] of pairs(text)) {
      const at = env.findIndex((entry) => entry.startsWith(`${name}=`));
      env.splice(at < 0 ? env.length : at, 1, `${name}=${value}`);
    }
    return { ...config, Env: env };
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
    WorkingDir: text.trim().startsWith('/') ? text.trim() : cleanPath(`/${config.WorkingDir ?? ''}/${text.trim()}`),
  }),
  HEALTHCHECK: (config, text) => ({ ...config, Healthcheck: healthcheck(text) }),
  STOPSIGNAL: (config, text) => {
    if (parseSignal(text.trim()) === undefined) throw badSignal(text.trim());
    return { ...config, StopSignal: text.trim() };
  },
};

/** Those whose words may have variables in them: the environment's, as it was before. */
const EXPANDED = ['ENV', 'LABEL', 'EXPOSE', 'USER', 'VOLUME', 'WORKDIR', 'STOPSIGNAL'];

function expanded({ Env }: ContainerConfig, text: string): string {
  const variables = new Map((Env ?? []).map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));
  try {
    return expand(text, variables, { escapeSign: '\\', rawQuotes: true, rawEscapes: true }).text;
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw invalid(error.message);
  }
}

const AT_LEAST_ONE = ['ENV', 'EXPOSE', 'LABEL', 'VOLUME', 'ONBUILD', 'HEALTHCHECK'];
const EXACTLY_ONE = ['USER', 'WORKDIR', 'STOPSIGNAL'];

/** Throws DockerError for arguments that an instruction cannot have. */
function checkArguments(name: string, rest: string): void {
  if (rest === '' && AT_LEAST_ONE.includes(name)) throw invalid(`${name} requires at least one argument`);
  if (rest === '' && EXACTLY_ONE.includes(name)) throw invalid(`${name} requires exactly one argument`);
  const list = words(rest);
  if (['ENV', 'LABEL'].includes(name) && list.length === 1 && !list[0]?.includes('=')) throw invalid(`${name} must have two arguments`);
  if (['ENV', 'LABEL'].includes(name) && list.some((word) => word.startsWith('='))) throw invalid(`${name} names can not be blank`);
  const port = name === 'EXPOSE' ? list.find((word) => !/^\d+(-\d+)?(\/[a-z]+)?$/i.test(word)) : undefined;
  if (port !== undefined) throw invalid(`invalid containerPort: ${port}`);
}

/** Throws DockerError for an instruction that is none of them. */
export function applyChanges(config: ContainerConfig, changes: readonly string[]): ContainerConfig {
  let result = config;
  const lines = changes.flatMap((text) => text.split('\n')).filter((text) => text.trim() !== '' && !text.trim().startsWith('#'));
  if (changes.length > 0 && lines.length === 0) throw invalid('file with no instructions');
  for (const line of lines) {
    const [, typed = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
    const name = typed.toUpperCase();
    const change = CHANGES[name];
    if (!change) throw invalid(`${typed} is not a valid change command`);
    checkArguments(name, rest.trim());
    result = change(result, EXPANDED.includes(name) ? expanded(result, rest) : rest);
  }
  return result;
}
