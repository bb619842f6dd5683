/** What the client knows of terminals; the same words as the kernel's, declared here because the client knows no kernel. */
export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}
export interface TerminalMode {
  readonly canonical: boolean;
  readonly echo: boolean;
  readonly signals: boolean;
  readonly outputNewline: boolean;
  readonly inputNewline: boolean;
}
