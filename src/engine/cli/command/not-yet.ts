import { CliError } from '../errors.ts';

/** A part of Docker that is known but not built here yet. */
export const notYet = (what: string): CliError => new CliError(`${what} is not there yet in this client`);

/** What a command does that is not built yet. */
export async function absent({ path }: { readonly path: string }): Promise<number> {
  throw notYet(`'${path}'`);
}
