/** What can be wrong with a script's text. Each dialect has its own sentence for it. */

export type SyntaxProblem =
  | {
      readonly kind: 'unexpected';
      readonly token: string;
      readonly isName: boolean;
      readonly expecting?: string;
      readonly written?: string;
    }
  | { readonly kind: 'unterminated-quote'; readonly quote: string }
  | { readonly kind: 'unterminated-backquote' }
  | { readonly kind: 'missing-brace' }
  | { readonly kind: 'missing-parentheses' }
  | { readonly kind: 'bad-for-variable' }
  | { readonly kind: 'bad-function-name' }
  | { readonly kind: 'bad-fd'; readonly text: string }
  /** What is wrong within `[[ … ]]`, in full (bash). */
  | { readonly kind: 'bad-condition'; readonly text: string };

export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
  readonly problem: SyntaxProblem;
  readonly line: number;

  constructor(problem: SyntaxProblem, line: number) {
    super(problem.kind);
    this.problem = problem;
    this.line = line;
  }
}

/** The text ended in the middle of a command, and more of it may come. */
export class Incomplete extends Error {
  override readonly name = 'Incomplete';
}
