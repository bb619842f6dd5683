import { CliError } from '../errors.ts';

/** Does the same for every argument; those that fail do not keep the others from it. Their errors come out together, line by line. */
export async function eachArgument(args: readonly string[], act: (arg: string) => Promise<void>): Promise<void> {
  const errors: string[] = [];
  for (const arg of args) {
    try {
      await act(arg);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      errors.push(error.message);
    }
  }
  if (errors.length > 0) throw new CliError(errors.join('\n'));
}
