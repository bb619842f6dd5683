/** A template that cannot be parsed, or that fails while it runs; the message is Go's, whole. */
export class TemplateError extends Error {
  readonly phase: 'parse' | 'execute';
  /** What was printed before it failed. */
  written = '';
  constructor(message: string, phase: 'parse' | 'execute' = 'parse') {
    super(message);
    this.phase = phase;
  }
}
