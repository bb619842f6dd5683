/** java: starts the main class of a jar, or of a folder, as far as its instructions print and return. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Program, Sys } from '../../../kernel/sys.ts';
import { FormatError } from '../../../oci/index.ts';
import { leave, print } from '../../net/text.ts';
import { decode, releaseOf } from '../../program-io.ts';
import { type ClassFile, readClass } from './class-file.ts';
import { readZip } from './jar.ts';

const versionOf = (sys: Sys): string => releaseOf(sys, 'JAVA_VERSION', 'jdk-21.0.9+10').replace('jdk-', '');

function versionText(sys: Sys): string {
  const [release = ''] = versionOf(sys).split('+');
  const build = versionOf(sys);
  return `openjdk version "${release}" 2025-10-21 LTS\nOpenJDK Runtime Environment Temurin-${build} (build ${build}-LTS)\nOpenJDK 64-Bit Server VM Temurin-${build} (build ${build}-LTS, mixed mode, sharing)\n`;
}

export const java: Program = async (sys) => {
  const args = sys.argv.slice(1).filter((arg) => !/^-(X|D|server|ea)/.test(arg));
  const [first, second, ...rest] = args;
  if (first === '-version') return leave(sys, versionText(sys), 0);
  if (first === '--version') return print(sys, versionText(sys).replace(' version "', ' ').replace('"', '')).then(() => 0);
  if (first === undefined)
    return leave(
      sys,
      'Usage: java [options] <mainclass> [args...]\n           (to execute a class)\n   or  java [options] -jar <jarfile> [args...]\n           (to execute a jar file)\n',
    );
  if (first === '-jar') {
    if (second === undefined) return leave(sys, 'Error: -jar requires jar file specification\n');
    return runJar(sys, second);
  }
  if (first === '-cp' || first === '-classpath' || first === '--class-path') return runClass(sys, rest[0] ?? '', second ?? '.');
  if (first.startsWith('-'))
    return leave(
      sys,
      `Unrecognized option: ${first}\nError: Could not create the Java Virtual Machine.\nError: A fatal exception has occurred. Program will exit.\n`,
    );
  return runClass(sys, first, '.');
};

const notFound = (sys: Sys, name: string): Promise<number> =>
  leave(sys, `Error: Could not find or load main class ${name}\nCaused by: java.lang.ClassNotFoundException: ${name}\n`);

async function runClass(sys: Sys, name: string, path: string): Promise<number> {
  for (const part of path.split(':')) {
    try {
      if (part.endsWith('.jar')) {
        const found = readZip(sys.path.readFile(part))?.get(`${name.replaceAll('.', '/')}.class`);
        if (found !== undefined) return await main(sys, name, found);
      } else return await main(sys, name, sys.path.readFile(`${part}/${name.replaceAll('.', '/')}.class`));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return notFound(sys, name);
}

async function runJar(sys: Sys, path: string): Promise<number> {
  let members: ReadonlyMap<string, Uint8Array> | null;
  try {
    members = readZip(sys.path.readFile(path));
  } catch (error) {
    if (error instanceof RangeError || error instanceof FormatError) members = null;
    else if (isErrno(error)) return leave(sys, `Error: Unable to access jarfile ${path}\n`);
    else throw error;
  }
  if (members === null) return leave(sys, `Error: Invalid or corrupt jarfile ${path}\n`);
  const manifest = members.get('META-INF/MANIFEST.MF');
  const name = manifest && /^Main-Class:\s*(\S+)/m.exec(decode(manifest))?.[1];
  if (!name) return leave(sys, `no main manifest attribute, in ${path}\n`);
  const bytes = members.get(`${name.replaceAll('.', '/')}.class`);
  return bytes === undefined ? notFound(sys, name) : main(sys, name, bytes);
}

async function main(sys: Sys, name: string, bytes: Uint8Array): Promise<number> {
  let file: ClassFile | null;
  try {
    file = readClass(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    file = null;
  }
  if (file === null)
    return leave(
      sys,
      `Error: LinkageError occurred while loading main class ${name}\n\tjava.lang.ClassFormatError: Truncated class file\n`,
    );
  const code = file.code('main', '([Ljava/lang/String;)V');
  if (code === undefined)
    return leave(
      sys,
      `Error: Main method not found in class ${name}, please define the main method as:\n   public static void main(String[] args)\nor a JavaFX application class must extend javafx.application.Application\n`,
    );
  return interpret(sys, { file, code, name });
}

/** What stands on the stack: texts, numbers, and the two streams. */
type Item = string | number | { readonly fd: 1 | 2 };

/** Runs instructions one by one; only those that load constants, print and return are here. */
async function interpret(sys: Sys, { file, code, name }: { file: ClassFile; code: Uint8Array; name: string }): Promise<number> {
  const stack: Item[] = [];
  const u2 = (at: number): number => (code[at] ?? 0) * 256 + (code[at + 1] ?? 0);
  for (let at = 0; at < code.length; ) {
    const op = code[at] ?? 0;
    if (op === 0xb1) return 0;
    if (op >= 0x02 && op <= 0x08) {
      stack.push(op - 3);
      at += 1;
    } else if (op === 0x10 || op === 0x11) {
      stack.push(op === 0x10 ? ((code[at + 1] ?? 0) << 24) >> 24 : (u2(at + 1) << 16) >> 16);
      at += op === 0x10 ? 2 : 3;
    } else if (op === 0x12 || op === 0x13) {
      stack.push(file.constants.value(op === 0x12 ? (code[at + 1] ?? 0) : u2(at + 1)) ?? '');
      at += op === 0x12 ? 2 : 3;
    } else if (op === 0xb2 && file.constants.member(u2(at + 1))[0] === 'java/lang/System') {
      stack.push({ fd: file.constants.member(u2(at + 1))[1] === 'err' ? 2 : 1 });
      at += 3;
    } else if (op === 0xb6 && file.constants.member(u2(at + 1))[0] === 'java/io/PrintStream') {
      const [, method, descriptor] = file.constants.member(u2(at + 1));
      const text = descriptor === '()V' ? '' : String(stack.pop() ?? '');
      const stream = stack.pop();
      const fd = typeof stream === 'object' ? stream.fd : 1;
      const line = method === 'println' ? `${text}\n` : text;
      await (fd === 1 ? print(sys, line) : leave(sys, line));
      at += 3;
    } else
      return leave(
        sys,
        `Error: this model of Java runs classes that print and return; ${name}.main has the instruction 0x${op.toString(16)} at ${at}\n`,
      );
    await sys.turn();
  }
  return 0;
}
