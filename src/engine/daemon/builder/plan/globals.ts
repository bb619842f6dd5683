/** Arguments before the first FROM, and those that are always there. */
import type { Platform } from '../../../oci/manifest.ts';
import { formatPlatform } from '../../../oci/platform.ts';
import { atLines, type Lines } from '../dockerfile/errors.ts';
import { expand } from '../dockerfile/expand.ts';
import type { ArgPair, InstructionOf } from '../dockerfile/instructions.ts';
import type { Outline } from './stage.ts';

export interface Globals {
  readonly values: ReadonlyMap<string, string>;
  readonly args: Outline['args'];
}

/** BUILDPLATFORM and its kin. */
export function platformArgs(
  { build, target, stage }: { readonly build: Platform; readonly target: Platform; readonly stage: string },
  buildArgs: ReadonlyMap<string, string>,
): Map<string, string> {
  const values = new Map([
    ['BUILDPLATFORM', formatPlatform(build)],
    ['BUILDOS', build.os],
    ['BUILDOSVERSION', ''],
    ['BUILDARCH', build.architecture],
    ['BUILDVARIANT', build.variant ?? ''],
    ['TARGETPLATFORM', formatPlatform(target)],
    ['TARGETOS', target.os],
    ['TARGETOSVERSION', ''],
    ['TARGETARCH', target.architecture],
    ['TARGETVARIANT', target.variant ?? ''],
    ['TARGETSTAGE', stage === '' ? 'default' : stage],
  ]);
  for (const name of values.keys()) values.set(name, buildArgs.get(name) ?? values.get(name) ?? '');
  return values;
}

/** Throws DockerfileError. */
export function globalArgs(
  predefined: ReadonlyMap<string, string>,
  instructions: readonly InstructionOf<'arg'>[],
  { escapeSign, buildArgs }: { readonly escapeSign: string; readonly buildArgs: ReadonlyMap<string, string> },
): Globals {
  const values = new Map(predefined);
  const args = new Map<string, { arg: ArgPair; value: string; lines: Lines; deps: ReadonlySet<string> }>();
  for (const { args: pairs, lines } of instructions)
    for (const arg of pairs) {
      const given = buildArgs.get(arg.key);
      const found =
        given === undefined && arg.value !== undefined ? atLines(lines, () => expand(arg.value ?? '', values, { escapeSign })) : undefined;
      const value = given ?? found?.text;
      const own = found?.matched.has(arg.key) ? [...(args.get(arg.key)?.deps ?? [])] : [];
      const deps = new Set([...(found?.matched ?? []), ...own].filter((name) => name !== arg.key));
      if (value !== undefined) values.set(arg.key, value);
      args.set(arg.key, { arg, value: value ?? '', lines, deps });
    }
  return { values, args };
}

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/** The proxies among the build's arguments, as commands see them: in both cases. They are no part of a step's key. */
export function proxyEnv(buildArgs: ReadonlyMap<string, string>): readonly string[] {
  return PROXIES.flatMap((name) => {
    const found = [...buildArgs].filter(([key]) => key.toUpperCase() === name).at(-1);
    return found ? [`${name}=${found[1]}`, `${name.toLowerCase()}=${found[1]}`] : [];
  });
}
