/** What is wrong with a script. */

/** The script uses something that is not here, or is wrong. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export const unsupported = (what: string): ScriptError =>
  new ScriptError('NotSupported', `${what} is not in the small part of the language that this model runs`);
