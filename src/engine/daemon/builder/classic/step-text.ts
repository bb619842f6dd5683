/** How the classic builder's history names a step: what BuildKit's plan has done, in the words of old. */
import type { Instruction } from '../dockerfile/instructions.ts';
import type { Operation } from '../plan/vertex.ts';

const NOP = '/bin/sh -c #(nop) ';

/** `planned` is the line that the plan wrote; `hash` stands for the files that were copied. */
export function createdBy(instruction: Instruction, planned: string, hash: string): string {
  if (instruction.kind === 'run') return planned.replace(/^RUN /, '').replace(/ # buildkit$/, '');
  if (instruction.kind === 'copy' || instruction.kind === 'add') {
    const { sources, dest } = words(planned);
    const kind = sources.length > 1 ? 'multi' : 'file';
    const owner = instruction.chown === '' ? '' : `--chown=${/--chown=(\S+)/.exec(planned)?.[1] ?? instruction.chown} `;
    return `${NOP}${instruction.kind.toUpperCase()} ${owner}${kind}:${hash} in ${dest} `;
  }
  if (instruction.kind === 'workdir') return `${NOP}${planned}`;
  // An argument is known by its default, whatever it was given.
  if (instruction.kind === 'arg')
    return `${NOP} ARG ${instruction.args.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(' ')}`;
  // Ports stand there as they are written.
  if (instruction.kind === 'expose' && !instruction.ports.some((port) => port.includes('$')))
    return `${NOP} EXPOSE ${instruction.ports.join(' ')}`;
  // Go prints where the check lies before what it is.
  if (instruction.kind === 'healthcheck') return `${NOP} ${planned.replace('{', '&{')}`;
  return `${NOP} ${planned}`;
}

function words(planned: string): { readonly sources: readonly string[]; readonly dest: string } {
  const [, ...rest] = planned
    .replace(/ # buildkit$/, '')
    .split(' ')
    .filter((word) => !word.startsWith('--'));
  return { sources: rest.slice(0, -1), dest: rest.at(-1) ?? '' };
}

/** What the classic builder cannot do. */
export function unsupported(instruction: Instruction): string | undefined {
  const needs = (option: string): string =>
    `the ${option} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`;
  if (instruction.kind === 'run') {
    const flag = /^\s*run\s+(--[a-z]+)/i.exec(instruction.code)?.[1];
    return flag === undefined ? undefined : needs(flag);
  }
  const isFile = instruction.kind === 'copy' || instruction.kind === 'add';
  return isFile && instruction.chmod !== '' ? needs('--chmod') : undefined;
}

export type FileOperation = Extract<Operation, { kind: 'file' }>;
