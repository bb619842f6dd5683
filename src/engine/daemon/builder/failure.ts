import type { Lines } from './dockerfile/errors.ts';

/** Why a build failed: the sentence, the lines that are meant, and the step. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  readonly lines: Lines | undefined;
  readonly vertex: string | undefined;

  constructor(message: string, { lines, vertex }: { readonly lines?: Lines | undefined; readonly vertex?: string } = {}) {
    super(message);
    this.lines = lines;
    this.vertex = vertex;
  }
}

/** The build was given up: by its client, or because another step failed. */
export class Canceled extends Error {
  override readonly name = 'Canceled';

  constructor() {
    super('context canceled');
  }
}
