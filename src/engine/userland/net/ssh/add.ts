/** `ssh-add`: gives keys to the agent, lists those it has, takes them away. */
import type { Program, Sys } from '../../../kernel/sys.ts';
import { fileLines } from '../../coreutils/users.ts';
import { OptionError, parseOptions } from '../../options.ts';
import { leave, print } from '../text.ts';
import { AgentClient, AgentError } from './agent-client.ts';
import { AGENT, agentMessage } from './agent-protocol.ts';
import { IDENTITIES, loadPrivate } from './identity-files.ts';
import { identity } from './keyring.ts';
import { publicLine } from './keys.ts';
import { blobOfLine, listed } from './read-keys.ts';

const NO_AGENT = 2;
const USAGE = 'usage: ssh-add [-DdLlq] [file ...]\n';

export const sshAdd: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), { short: 'lLdDqvkc' });
    const agent = await AgentClient.open(sys);
    if (options.has('D')) return await removeAll(sys, agent);
    if (options.has('l', 'L')) return await list(sys, agent, options.has('L'));
    const home = `${sys.env.get('HOME') ?? '/root'}/.ssh`;
    const isUsual = options.operands.length === 0;
    const files = isUsual ? IDENTITIES.map((name) => `${home}/${name}`).filter((file) => sys.path.access(file, {})) : options.operands;
    const act = options.has('d') ? removeOne : addOne;
    const done: boolean[] = [];
    for (const file of files) done.push(await act(sys, agent, { file, isQuiet: options.has('q') }));
    return (isUsual ? done.some(Boolean) : done.every(Boolean)) ? 0 : 1;
  } catch (error) {
    if (error instanceof OptionError) return leave(sys, `${error.message.replace('invalid', 'unknown')}\n${USAGE}`);
    if (error instanceof AgentError) return leave(sys, `${error.message}\n`, NO_AGENT);
    throw error;
  }
};

async function list(sys: Sys, agent: AgentClient, isFull: boolean): Promise<number> {
  let held: Awaited<ReturnType<AgentClient['identities']>>;
  try {
    held = await agent.identities();
  } catch (error) {
    if (error instanceof AgentError) return leave(sys, `error fetching identities: ${error.message}\n`);
    throw error;
  }
  if (held.length === 0) {
    await print(sys, 'The agent has no identities.\n');
    return 1;
  }
  for (const one of held) await print(sys, isFull ? publicLine(one) : listed(one.blob, one.comment));
  return 0;
}

async function removeAll(sys: Sys, agent: AgentClient): Promise<number> {
  if (await agent.does(agentMessage(AGENT.removeAllIdentities))) return leave(sys, 'All identities removed.\n', 0);
  return leave(sys, 'Failed to remove all identities.\n');
}

interface One {
  readonly file: string;
  readonly isQuiet: boolean;
}

async function addOne(sys: Sys, agent: AgentClient, { file, isQuiet }: One): Promise<boolean> {
  if (!sys.path.access(file, {})) return (await leave(sys, `${file}: No such file or directory\n`)) === 0;
  const loaded = loadPrivate(sys, file);
  if (!('key' in loaded)) {
    await leave(sys, loaded.warning ?? `Error loading key "${file}": ${loaded.why}\n`);
    return false;
  }
  const comment = loaded.key.comment || file;
  const isDone = await agent.does(identity({ ...loaded.key, comment }));
  if (!isDone) await leave(sys, `Could not add identity "${file}": agent refused operation\n`);
  else if (!isQuiet) await leave(sys, `Identity added: ${file} (${comment})\n`);
  return isDone;
}

/** The public half tells which key is meant. */
async function removeOne(sys: Sys, agent: AgentClient, { file, isQuiet }: One): Promise<boolean> {
  const line = [file, `${file}.pub`].flatMap((path) => fileLines(sys, path)).find((text) => blobOfLine(text));
  const blob = blobOfLine(line ?? '');
  if (blob === undefined) {
    await leave(sys, `Bad key file ${file}: ${sys.path.access(file, {}) ? 'invalid format' : 'No such file or directory'}\n`);
    return false;
  }
  const isDone = await agent.does(agentMessage(AGENT.removeIdentity, blob));
  const comment = line?.trim().split(/\s+/).slice(2).join(' ') ?? '';
  if (!isDone) await leave(sys, `Could not remove identity "${file}": agent refused operation\n`);
  else if (!isQuiet) await leave(sys, `Identity removed: ${file} ED25519 (${comment})\n`);
  return isDone;
}
