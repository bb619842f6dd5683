/** What `--log-opt labels`, `env` and `tag` add to each line of a log, shown by `docker logs --details`. Upstream: moby daemon/logger. */
import { shortId } from '../../ids.ts';
import type { Container } from '../container.ts';

export type LogAttributes = Readonly<Record<string, string>>;

const split = (list: string | undefined): readonly string[] => (list ?? '').split(',').filter((name) => name !== '');

/** By name; nothing that was not asked for. */
export function logAttributes(container: Container): LogAttributes {
  const options = container.hostConfig.LogConfig.Config ?? {};
  const labels = new Map(Object.entries(container.config.Labels ?? {}));
  const env = new Map((container.config.Env ?? []).map((entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));
  const chosen = [
    ...chosenOf(labels, { names: options.labels, pattern: options['labels-regex'] }),
    ...chosenOf(env, { names: options.env, pattern: options['env-regex'] }),
    ...(options.tag ? [['tag', tagOf(container, options.tag)] as const] : []),
  ];
  return Object.fromEntries(chosen.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function chosenOf(
  all: ReadonlyMap<string, string>,
  { names, pattern }: { readonly names: string | undefined; readonly pattern: string | undefined },
): readonly (readonly [string, string])[] {
  const wanted = split(names);
  const fits = patternOf(pattern);
  return [...all].filter(([name]) => wanted.includes(name) || fits?.test(name) === true);
}

function patternOf(text: string | undefined): RegExp | undefined {
  if (!text) return undefined;
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

/** The fields that a tag may name. */
function tagOf({ id, name, image }: Container, template: string): string {
  const bare = image.id.replace(/^sha256:/, '');
  const fields: Readonly<Record<string, string>> = {
    ID: shortId(id),
    FullID: id,
    Name: name,
    ImageID: shortId(bare),
    ImageFullID: image.id,
    ImageName: image.name,
    DaemonName: 'docker',
  };
  return template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, field: string) => fields[field] ?? whole);
}
