import { CliError } from '../errors.ts';
import type { Context } from './command.ts';

/** What came of one argument. */
type Result = { readonly isTold: boolean } | { readonly error: unknown };

/**
 * Does the same for every argument, all at once, and tells their names in the order in which they were given; those that fail do not
 * keep the others from it. An argument for which `act` answers false goes without a word.
 */
export async function sideBySide(
  { io, out, args }: Pick<Context, 'io' | 'out' | 'args'>,
  act: (arg: string) => Promise<boolean>,
): Promise<void> {
  const results = new Map<string, Result[]>(args.map((arg) => [arg, []]));
  const arrived = io.queue();
  const run = async (arg: string): Promise<void> => {
    results.get(arg)?.push(await resultOf(act, arg));
    arrived.wake();
  };
  if (args.length === 1) await run(args[0] ?? '');
  else for (const arg of args) io.spawn(() => run(arg));
  const errors: string[] = [];
  for (const arg of args) {
    let result = results.get(arg)?.shift();
    while (!result) {
      await arrived.wait();
      result = results.get(arg)?.shift();
    }
    if (!('error' in result)) {
      if (result.isTold) await out.line(arg);
    } else if (result.error instanceof CliError) errors.push(result.error.message);
    else throw result.error;
  }
  if (errors.length > 0) throw new CliError(errors.join('\n'));
}

const resultOf = (act: (arg: string) => Promise<boolean>, arg: string): Promise<Result> =>
  act(arg).then(
    (isTold) => ({ isTold }),
    (error: unknown) => ({ error }),
  );
