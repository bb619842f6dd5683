import type { OwnState, Shell } from '../shell.ts';
import type { Features } from '../syntax/source.ts';
import { createGrammar } from './grammar.ts';

/** The options of `shopt`, and what they are in a shell that runs a script. */
export const SHOPTS: Readonly<Record<string, boolean>> = {
  autocd: false,
  assoc_expand_once: false,
  cdable_vars: false,
  cdspell: false,
  checkhash: false,
  checkjobs: false,
  checkwinsize: true,
  cmdhist: true,
  compat31: false,
  compat32: false,
  compat40: false,
  compat41: false,
  compat42: false,
  compat43: false,
  compat44: false,
  complete_fullquote: true,
  direxpand: false,
  dirspell: false,
  dotglob: false,
  execfail: false,
  expand_aliases: false,
  extdebug: false,
  extglob: false,
  extquote: true,
  failglob: false,
  force_fignore: true,
  globasciiranges: true,
  globskipdots: true,
  globstar: false,
  gnu_errfmt: false,
  histappend: false,
  histreedit: false,
  histverify: false,
  hostcomplete: true,
  huponexit: false,
  inherit_errexit: false,
  interactive_comments: true,
  lastpipe: false,
  lithist: false,
  localvar_inherit: false,
  localvar_unset: false,
  login_shell: false,
  mailwarn: false,
  no_empty_cmd_completion: false,
  nocaseglob: false,
  nocasematch: false,
  noexpand_translation: false,
  nullglob: false,
  patsub_replacement: true,
  progcomp: true,
  progcomp_alias: false,
  promptvars: true,
  restricted_shell: false,
  shift_verbose: false,
  sourcepath: true,
  varredir_close: false,
  xpg_echo: false,
};

/** What a bash has beside what every shell has. */
export class BashState implements OwnState {
  readonly shopts: Map<string, boolean>;
  readonly disabled: Set<string>;
  /** `pushd`'s directories below the current one. */
  directories: readonly string[];
  /** Names of functions and builtins that keep their exported functions. */
  readonly exported: Set<string>;
  readonly features: Features;
  /** When SECONDS was 0. */
  startNs: bigint | undefined;
  random: number | undefined;
  /** Files being sourced, the innermost first. */
  sources: readonly string[];

  constructor(from?: BashState) {
    this.shopts = new Map(from?.shopts ?? Object.entries(SHOPTS));
    this.disabled = new Set(from?.disabled);
    this.directories = from?.directories ?? [];
    this.exported = new Set(from?.exported);
    this.startNs = from?.startNs;
    this.random = from?.random;
    this.sources = from?.sources ?? [];
    this.features = {
      extendedExpansions: true,
      guessesArithmetic: true,
      bothRedirect: true,
      functionKeyword: true,
      grammar: createGrammar(() => this.has('extglob')),
    };
  }

  get expandsAliases(): boolean {
    return this.has('expand_aliases');
  }

  get ignoresCase(): boolean {
    return this.has('nocasematch');
  }

  copy(): BashState {
    return new BashState(this);
  }

  has(name: string): boolean {
    return this.shopts.get(name) === true;
  }
}

/** A bash's own state. */
export function stateOf(shell: Shell): BashState {
  if (!(shell.own instanceof BashState)) throw new Error('not a bash');
  return shell.own;
}
