/** A Dockerfile as stages. */
import { DockerfileError } from './errors.ts';
import type { FromInstruction, Instruction, InstructionOf } from './instructions.ts';
import { type Node, parseFile } from './nodes.ts';
import { parseInstruction } from './parse-instruction.ts';

export interface Stage {
  readonly from: FromInstruction;
  readonly commands: readonly Instruction[];
}

export interface Dockerfile {
  readonly text: string;
  readonly escapeSign: string;
  readonly nodes: readonly Node[];
  readonly directives: readonly { readonly name: string; readonly value: string; readonly line: number }[];
  readonly emptyContinuations: readonly number[];
  /** ARGs before the first FROM. */
  readonly globals: readonly InstructionOf<'arg'>[];
  readonly stages: readonly Stage[];
}

/** Who looks at what is read, before it is understood. */
export interface Watching {
  readonly emptyContinuation?: (line: number) => void;
  readonly node?: (node: Node) => void;
}

/** Throws DockerfileError. */
export function parseDockerfile(text: string, watching: Watching = {}): Dockerfile {
  const { nodes, escapeSign, directives, emptyContinuations } = parseFile(text);
  const globals: InstructionOf<'arg'>[] = [];
  const stages: { from: FromInstruction; commands: Instruction[] }[] = [];
  for (const line of emptyContinuations) watching.emptyContinuation?.(line);
  for (const node of nodes) {
    watching.node?.(node);
    const instruction = parseInstruction(node);
    const stage = stages.at(-1);
    if (instruction.kind === 'from') stages.push({ from: instruction, commands: [] });
    else if (stage) stage.commands.push(instruction);
    else if (instruction.kind === 'arg') globals.push(instruction);
    else throw new DockerfileError('no build stage in current context', node.lines);
  }
  return { text, escapeSign, nodes, directives, emptyContinuations, globals, stages };
}
