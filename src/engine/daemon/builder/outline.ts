/** `--call outline` and `--call targets`: what a Dockerfile offers. Upstream: buildkit frontend/subrequests. */
import type { BuildNeeds, BuildOutline, BuildTargets } from '../../api-types/build-session.ts';
import { parseDockerfile } from './dockerfile/stages.ts';
import type { Definition } from './frontend.ts';
import { reachable } from './plan/graph.ts';
import type { Plan } from './plan/plan.ts';
import type { StageState } from './plan/stage.ts';
import { verticesOf } from './plan/vertex.ts';
import { contextPathsOf } from './solve/context-paths.ts';

type Source = BuildOutline['Source'];

export function outlineOf({ target }: Plan, source: Source): BuildOutline {
  const stages = [...reachable(target)];
  const byLine = (a: { Line: number }, b: { Line: number }): number => a.Line - b.Line;
  return {
    Name: target.from.name.toLowerCase(),
    Description: target.from.comment,
    Args: argsOf(stages).sort(byLine),
    Secrets: wanted(stages, 'secrets').sort(byLine),
    Ssh: wanted(stages, 'ssh').sort(byLine),
    Cache: [],
    Source: source,
  };
}

/** Arguments that are used, and those that their values are made of. */
function argsOf(stages: readonly StageState[]): BuildOutline['Args'][number][] {
  const found = new Map<string, BuildOutline['Args'][number]>();
  for (const { outline } of stages) {
    const open = [...outline.usedArgs];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const known = outline.args.get(name);
      if (!known || found.has(name)) continue;
      const { arg, value, lines, deps } = known;
      found.set(name, { Name: arg.key, Description: arg.comment, ...(value === '' ? {} : { Value: value }), Line: lines.start });
      open.push(...deps);
    }
  }
  return [...found.values()];
}

function wanted(stages: readonly StageState[], what: 'secrets' | 'ssh'): BuildOutline['Secrets'][number][] {
  const found = new Map(stages.flatMap(({ outline }) => [...outline[what]]));
  return [...found].map(([Name, { required, lines }]) => ({ Name, Required: required, Line: lines.start }));
}

/** What the build's graph begins with. */
export function needsOf({ target }: Plan): BuildNeeds {
  const sources = [...verticesOf(target.state).values()].flatMap(({ operation }) => {
    if (operation.kind === 'image') return [`docker-image://${operation.name}`];
    if (operation.kind === 'http') return [operation.url];
    return operation.kind === 'local' ? [`local://${operation.context}`] : [];
  });
  return { Sources: sources, ContextPaths: contextPathsOf(target.state) };
}

/** Throws DockerfileError. */
export function targetsOf({ filename, text }: Definition): BuildTargets {
  const { stages } = parseDockerfile(text);
  return {
    Targets: stages.map(({ from }, i) => ({
      Name: from.name.toLowerCase(),
      Default: i === stages.length - 1,
      Description: from.comment,
      Base: from.base,
      Platform: from.platform,
      Range: { Start: from.lines.start, End: from.lines.end },
    })),
    Source: { Filename: filename, Text: text },
  };
}
