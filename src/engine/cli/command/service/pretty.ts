import type { Service } from '../../../api-types/index.ts';
import type { DockerClient } from '../../client/index.ts';
import { CliError, isNotFound } from '../../errors.ts';
import type { Output } from '../../output.ts';

/** Each of them in the friendly form. Throws CliError. */
export async function showAll(out: Output, names: readonly string[], show: (name: string) => Promise<string>): Promise<void> {
  for (const name of names) await out.line(await show(name));
}

/** What is not there is said in the client's own words. */
export async function serviceError<T>(name: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw isNotFound(error) ? new CliError(`no such service: ${name}`) : error;
  }
}

/** The names of a service's networks, by their ids. */
export async function networkNames(client: DockerClient, { Spec }: Service): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { Target = '' } of Spec.TaskTemplate.Networks ?? []) names.set(Target, (await client.networks.inspect(Target)).Name);
  return names;
}
