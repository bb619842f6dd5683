/** Checks that need nothing but the Dockerfile. */
import { expand, type Variables } from '../dockerfile/expand.ts';
import type { Node } from '../dockerfile/nodes.ts';
import type { Dockerfile } from '../dockerfile/stages.ts';
import { isImageName } from '../plan/image-name.ts';
import type { Linter } from './linter.ts';
import { SAYS } from './rules.ts';

const RESERVED = ['context', 'scratch'];
const SECRET = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i;

const isLower = (text: string): boolean => text === text.toLowerCase();
const isUpper = (text: string): boolean => text === text.toUpperCase();

/** What a statement shows by itself. */
export function checkNode(node: Node, all: Linter): void {
  const linter = all.under(node.comments);
  const { command, args, lines } = node;
  const name = command.toUpperCase();
  if (name === 'MAINTAINER') linter.run('maintainerDeprecated', lines, SAYS.maintainerDeprecated());
  if (name === 'FROM') {
    const [, as, stage] = args;
    if (stage !== undefined && args.length === 3 && !isLower(stage)) linter.run('stageNameCasing', lines, SAYS.stageNameCasing(stage));
    const differs = isLower(command) ? !isLower(as ?? '') : isUpper(command) && !isUpper(as ?? '');
    if (stage !== undefined && as !== undefined && differs) linter.run('fromAsCasing', lines, SAYS.fromAsCasing(command, as));
    if (stage !== undefined) checkDescription(node, [stage], linter);
  }
  if (name === 'ARG')
    checkDescription(
      node,
      args.map((arg) => arg.split('=', 1)[0] ?? ''),
      linter,
    );
}

function checkDescription({ command, comments, lines }: Node, names: readonly string[], linter: Linter): void {
  const last = comments.at(-1);
  if (last === undefined || names.includes(last.split(' ', 1)[0] ?? '')) return;
  const shown = names.length > 1 ? '<arg_key>' : (names[0] ?? '');
  linter.run('invalidDefinitionDescription', lines, SAYS.invalidDefinitionDescription(command.toUpperCase(), shown));
}

export function checkStageNames({ stages }: Dockerfile, linter: Linter): void {
  const seen = new Set<string>();
  for (const { from } of stages) {
    const name = from.name.toLowerCase();
    if (name === '') continue;
    if (RESERVED.includes(name)) linter.run('reservedStageName', from.lines, SAYS.reservedStageName(name));
    if (seen.has(name)) linter.run('duplicateStageName', from.lines, SAYS.duplicateStageName(name));
    seen.add(name);
  }
}

/** All instructions in one case; the majority decides which. */
export function checkCasing({ stages }: Dockerfile, linter: Linter): void {
  const all = stages.flatMap(({ from, commands }) => [from, ...commands]);
  const lower = all.filter(({ written }) => isLower(written)).length;
  const upper = all.filter(({ written }) => isUpper(written)).length;
  const isMajorityLower = lower > upper;
  for (const { written, lines } of all) {
    if (isMajorityLower ? isLower(written) : isUpper(written)) continue;
    const casing = isMajorityLower ? 'lowercase' : 'uppercase';
    linter.run('consistentInstructionCasing', lines, SAYS.consistentInstructionCasing(written, casing));
  }
}

/** Base images must have a name when nobody gives build arguments too. */
export function checkDefaultBases(dockerfile: Dockerfile, defaults: Variables, linter: Linter): void {
  for (const { from } of dockerfile.stages) {
    try {
      const { text } = expand(from.base, defaults, { escapeSign: dockerfile.escapeSign });
      if (!isImageName(text)) linter.run('invalidDefaultArgInFrom', from.lines, SAYS.invalidDefaultArgInFrom(from.base));
    } catch {
      // What cannot be expanded ends the build soon after.
      return;
    }
  }
}

export function checkSecretName(instruction: 'ARG' | 'ENV', { key, lines }: { key: string; lines: Node['lines'] }, linter: Linter): void {
  if (SECRET.test(key) && !HARMLESS.test(key)) linter.run('secretsUsedInArgOrEnv', lines, SAYS.secretsUsedInArgOrEnv(instruction, key));
}
