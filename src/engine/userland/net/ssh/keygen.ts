/** `ssh-keygen`: makes a key pair, shows fingerprints, forgets a host. What it makes is a pair only here: there is no cryptography. */
import { encodeBase64 } from '../../../http/base64.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { fileLines, userName } from '../../coreutils/users.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { encode, LineReader } from '../../program-io.ts';
import { leave, print } from '../text.ts';
import { loadPrivate } from './identity-files.ts';
import { keyPair, privateFile, publicLine } from './keys.ts';
import { randomart } from './randomart.ts';
import { blobOfLine, fingerprint, listed } from './read-keys.ts';

export const sshKeygen: Program = async (sys) => {
  try {
    const options = parseOptions(sys.argv.slice(1), { short: 'qlyvt:b:f:N:C:R:F:' });
    const home = sys.env.get('HOME') ?? '/root';
    const host = options.value('R');
    if (host !== undefined) return await forget(sys, host, options.value('f') ?? `${home}/.ssh/known_hosts`);
    const file = options.value('f') ?? `${home}/.ssh/id_ed25519`;
    if (options.has('l')) return await show(sys, file);
    if (options.has('y')) return await showPublic(sys, file);
    return await make(sys, options, file);
  } catch (error) {
    if (error instanceof OptionError)
      return leave(
        sys,
        `${error.message}\nusage: ssh-keygen [-q] [-C comment] [-f file] [-N ''] [-t ed25519] | -l [-f file] | -y [-f file] | -R host\n`,
      );
    if (isErrno(error)) return leave(sys, `ssh-keygen: ${error.message}\n`);
    throw error;
  }
};

async function forget(sys: Sys, host: string, file: string): Promise<number> {
  const lines = fileLines(sys, file);
  const kept = lines.filter((line) => !line.split(/\s/)[0]?.split(',').includes(host));
  if (kept.length === lines.length) return leave(sys, `Host ${host} not found in ${file}\n`);
  await print(sys, lines.flatMap((line, at) => (kept.includes(line) ? [] : [`# Host ${host} found: line ${at + 1}\n`])).join(''));
  sys.path.writeFile(`${file}.old`, sys.path.readFile(file), 0o600);
  sys.path.writeFile(file, encode(kept.map((line) => `${line}\n`).join('')), 0o600);
  await print(sys, `${file} updated.\nOriginal contents retained as ${file}.old\n`);
  return 0;
}

async function show(sys: Sys, file: string): Promise<number> {
  const lines = [`${file}.pub`, file].map((path) => fileLines(sys, path)).find((found) => found.some((line) => blobOfLine(line)));
  if (lines === undefined) return leave(sys, `${file} is not a public key file.\n`, 255);
  for (const line of lines) {
    const blob = blobOfLine(line);
    if (blob !== undefined) await print(sys, listed(blob, line.trim().split(/\s+/).slice(2).join(' ') || 'no comment'));
  }
  return 0;
}

async function showPublic(sys: Sys, file: string): Promise<number> {
  const loaded = loadPrivate(sys, file);
  if (!('key' in loaded)) return leave(sys, `${loaded.warning ?? ''}Load key "${file}": ${loaded.why}\n`, 255);
  await print(sys, publicLine(loaded.key));
  return 0;
}

async function make(sys: Sys, options: Options, usual: string): Promise<number> {
  const type = options.value('t') ?? 'ed25519';
  if (type !== 'ed25519') return leave(sys, `ssh-keygen: keys of type ${type} are not supported here; use -t ed25519\n`);
  const isQuiet = options.has('q');
  const questions = new Questions(sys);
  if (!isQuiet) await print(sys, 'Generating public/private ed25519 key pair.\n');
  const file = options.value('f') ?? ((await questions.ask(`Enter file in which to save the key (${usual}): `)) || usual);
  const folder = file.replace(/\/?[^/]*$/, '');
  if (folder !== '' && !sys.path.access(folder, {})) {
    sys.path.mkdir(folder, 0o700);
    if (!isQuiet) await print(sys, `Created directory '${folder}'.\n`);
  }
  if (sys.path.access(file, {})) {
    await print(sys, `${file} already exists.\n`);
    if (!/^y/i.test(await questions.ask('Overwrite (y/n)? '))) return 1;
  }
  const passphrase = options.value('N') ?? (await questions.askTwice(file));
  if (passphrase === undefined) return leave(sys, 'Passphrases do not match.  Try again.\n');
  if (passphrase !== '') return leave(sys, "ssh-keygen: passphrases are not supported here; use -N ''\n");
  const comment = options.value('C') ?? `${userName(sys, sys.ids.get().uid) ?? 'root'}@${sys.hostname()}`;
  const pair = keyPair(encodeBase64(sys.random.bytes(32)), comment);
  sys.path.writeFile(file, encode(privateFile(pair)), 0o600);
  sys.path.writeFile(`${file}.pub`, encode(publicLine(pair)), 0o644);
  if (isQuiet) return 0;
  await print(
    sys,
    `Your identification has been saved in ${file}\nYour public key has been saved in ${file}.pub\nThe key fingerprint is:\n${fingerprint(pair.blob)} ${comment}\nThe key's randomart image is:\n${randomart(pair.blob)}`,
  );
  return 0;
}

/** What is asked for, line by line of standard input; '' at its end. */
class Questions {
  readonly #sys: Sys;
  readonly #lines: LineReader;

  constructor(sys: Sys) {
    this.#sys = sys;
    this.#lines = new LineReader(sys, 0);
  }

  async ask(question: string): Promise<string> {
    await print(this.#sys, question);
    return ((await this.#lines.next()) ?? '').trim();
  }

  /** Without showing what is typed; undefined if it is not twice the same. */
  async askTwice(file: string): Promise<string | undefined> {
    const sys = this.#sys;
    const isTerminal = sys.fds.has(0) && sys.fds.isatty(0);
    if (isTerminal) sys.tty.setMode(0, { echo: false });
    const first = await this.ask(`Enter passphrase for "${file}" (empty for no passphrase): `);
    const second = await this.ask(`${isTerminal ? '\n' : ''}Enter same passphrase again: `);
    if (!isTerminal) return first === second ? first : undefined;
    sys.tty.setMode(0, { echo: true });
    await print(sys, '\n');
    return first === second ? first : undefined;
  }
}
