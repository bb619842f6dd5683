/** `ssh-keygen`: makes a key pair, shows fingerprints, forgets a host. What it makes is a pair only here: there is no cryptography. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { fileLines, userName } from '../../coreutils/users.ts';
import { OptionError, type Options, parseOptions } from '../../options.ts';
import { encode } from '../../program-io.ts';
import { base64 } from '../base64.ts';
import { leave, print, textOf } from '../text.ts';
import { blobOfLine, blobOfPrivate, fingerprint, KEY_TYPE, keyPair, privateFile, publicBlob, publicLine } from './keys.ts';

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
    const comment = line.trim().split(/\s+/).slice(2).join(' ') || 'no comment';
    if (blob !== undefined) await print(sys, `256 ${fingerprint(blob)} ${comment} (ED25519)\n`);
  }
  return 0;
}

async function showPublic(sys: Sys, file: string): Promise<number> {
  const blob = blobOfPrivate(textOf(sys, file) ?? '');
  if (blob === undefined) return leave(sys, `Load key "${file}": invalid format\n`, 255);
  await print(sys, `${KEY_TYPE} ${base64(blob)}\n`);
  return 0;
}

async function make(sys: Sys, options: Options, file: string): Promise<number> {
  const type = options.value('t') ?? 'ed25519';
  if (type !== 'ed25519') return leave(sys, `ssh-keygen: keys of type ${type} are not supported here; use -t ed25519\n`);
  if ((options.value('N') ?? '') !== '') return leave(sys, "ssh-keygen: passphrases are not supported here; use -N ''\n");
  if (sys.path.access(file, {})) return leave(sys, `${file} already exists.\n`);
  const folder = file.replace(/\/?[^/]*$/, '');
  if (folder !== '' && !sys.path.access(folder, {})) sys.path.mkdir(folder, 0o700);
  const comment = options.value('C') ?? `${userName(sys, sys.ids.get().uid) ?? 'root'}@${sys.hostname()}`;
  const pair = keyPair(base64(sys.random.bytes(32)), comment);
  sys.path.writeFile(file, encode(privateFile(pair)), 0o600);
  sys.path.writeFile(`${file}.pub`, encode(publicLine(pair)), 0o644);
  if (!options.has('q'))
    await print(
      sys,
      `Generating public/private ed25519 key pair.\nYour identification has been saved in ${file}\nYour public key has been saved in ${file}.pub\nThe key fingerprint is:\n${fingerprint(publicBlob(pair))} ${comment}\n`,
    );
  return 0;
}
