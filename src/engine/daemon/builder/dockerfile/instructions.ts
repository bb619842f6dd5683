/** Statements as instructions: each with its own fields. Upstream: buildkit frontend/dockerfile/instructions. */
import type { HealthcheckConfig } from '../../../oci/config.ts';
import type { Lines } from './errors.ts';
import type { Heredoc } from './heredoc.ts';

export interface Pair {
  readonly key: string;
  readonly value: string;
  /** Written without a `=`. */
  readonly isLegacy: boolean;
}

export interface ArgPair {
  readonly key: string;
  readonly value: string | undefined;
  /** What a comment above says of it. */
  readonly comment: string;
}

export interface InlineFile {
  readonly path: string;
  readonly data: string;
  readonly expands: boolean;
}

/** A command: the arguments of the exec form, or one text for the shell. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly isShell: boolean;
  readonly files: readonly Heredoc[];
}

/** The statement that it came from. */
export interface Origin {
  readonly lines: Lines;
  /** The line as it was written, continued lines joined. */
  readonly code: string;
  /** The instruction's name as it was written. */
  readonly written: string;
}

export interface FromInstruction extends Origin {
  readonly kind: 'from';
  readonly base: string;
  readonly name: string;
  readonly platform: string;
  readonly comment: string;
  /** The word AS as it was written. */
  readonly as: string;
}

export interface CopyInstruction extends Origin {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly string[];
  readonly contents: readonly InlineFile[];
  readonly dest: string;
  readonly from: string;
  readonly chown: string;
  readonly chmod: string;
  readonly link: boolean;
  readonly parents: boolean;
  readonly excludes: readonly string[];
  readonly checksum: string;
  /** `--unpack`, if it was given. */
  readonly unpack: boolean | undefined;
}

export interface RunInstruction extends Origin {
  readonly kind: 'run';
  readonly command: CommandLine;
  readonly mounts: readonly string[];
  readonly network: string;
  readonly security: string;
  readonly devices: readonly string[];
}

export type Instruction =
  | FromInstruction
  | CopyInstruction
  | RunInstruction
  | (Origin & { readonly kind: 'env' | 'label'; readonly pairs: readonly Pair[] })
  | (Origin & { readonly kind: 'maintainer'; readonly name: string })
  | (Origin & { readonly kind: 'onbuild'; readonly expression: string })
  | (Origin & { readonly kind: 'workdir'; readonly path: string })
  | (Origin & { readonly kind: 'cmd' | 'entrypoint'; readonly command: CommandLine })
  | (Origin & { readonly kind: 'healthcheck'; readonly health: HealthcheckConfig })
  | (Origin & { readonly kind: 'expose'; readonly ports: readonly string[] })
  | (Origin & { readonly kind: 'user'; readonly user: string })
  | (Origin & { readonly kind: 'volume'; readonly volumes: readonly string[] })
  | (Origin & { readonly kind: 'stopsignal'; readonly signal: string })
  | (Origin & { readonly kind: 'arg'; readonly args: readonly ArgPair[] })
  | (Origin & { readonly kind: 'shell'; readonly shell: readonly string[] });

export type InstructionOf<K extends Instruction['kind']> = Extract<Instruction, { readonly kind: K }>;
