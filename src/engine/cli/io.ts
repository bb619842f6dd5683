/** All that the `docker` client can reach: the world around it, so that it runs in the model, in Node and in tests alike. */
import type { Dial, Duplex } from '../http/types.ts';
import type { TerminalMode, WindowSize } from './terminal.ts';

export { TlsError } from '../http/tls.ts';

export interface Io {
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly dial: Dial;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly files: Files;
  readonly clock: { nowNs(): bigint; sleep(ms: number): Promise<void> };
  /** Another task beside this one. In the model a thread, in Node a promise; tasks share memory and end with the client. */
  spawn(body: () => Promise<void>): { join(): Promise<void> };
  /** Where tasks of the client wait for each other: no task awaits a promise of another one. */
  queue(): { wait(timeoutMs?: number): Promise<boolean>; wake(): void };
  /** What to do on a signal to the client instead of dying. The handler does not wait: it spawns. */
  onSignal(signal: string, handler: (() => void) | 'default'): void;
  /** Ends the client with this status, whatever its other tasks do. */
  exit(status: number): never;
  /** Runs what fetches code while nothing else moves (in the model a stall); absent, it is just awaited. */
  readonly load?: <Code>(code: () => Promise<Code>) => Promise<Code>;
  readonly random: { bytes(n: number): Uint8Array };
  /** Speaks to registries without the engine, for the few commands that do. Absent: there is no way to one. */
  readonly registries?: (accountOf: (domain: string) => Account | undefined) => Promise<Registries>;
  /** Makes an SSH agent of private keys. Absent: there is nothing here that could read them. */
  readonly keyring?: () => Promise<Keyring>;
  readonly platform: { readonly os: string; readonly arch: string };
}

/** An SSH agent inside the client. */
export interface Keyring {
  /** A private key's file; false for what is none. */
  add(file: Uint8Array): boolean;
  /** Answers whoever is at the other end, until it is gone. */
  serve(connection: Duplex): Promise<void>;
}

export interface Account {
  readonly username: string;
  readonly password: string;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A repository, by its registry and its path: `docker.io`, `library/nginx`. */
export interface Repository {
  readonly domain: string;
  readonly path: string;
}

/** The distribution protocol, as far as the client needs it. What goes wrong is thrown as an Error with Docker's sentence. */
export interface Registries {
  /** An index or a manifest, by its tag or digest. */
  manifest(from: Repository, reference: string): Promise<{ readonly descriptor: Descriptor; readonly bytes: Uint8Array }>;
  blob(from: Repository, descriptor: Descriptor): Promise<Uint8Array>;
  /** Puts content there that comes from elsewhere; content of the same registry is only linked. */
  copyBlob(from: Repository, to: Repository, descriptor: Descriptor): Promise<void>;
  /** Under a tag, or by its digest where the tag is ''. */
  push(to: Repository, tag: string, content: { readonly mediaType: string; readonly bytes: Uint8Array }): Promise<void>;
}

export interface InputStream {
  readonly isTerminal: boolean;
  /** Null at the end. */
  read(): Promise<Uint8Array | null>;
  size(): WindowSize;
  mode(): TerminalMode;
  setMode(mode: Partial<TerminalMode>): void;
}

export interface OutputStream {
  readonly isTerminal: boolean;
  write(bytes: Uint8Array): Promise<void>;
  size(): WindowSize;
}

/** What `mknod` makes. */
export interface SpecialFile {
  readonly type: 'fifo' | 'char-device' | 'block-device';
  readonly major: number;
  readonly minor: number;
}

/** The client's own files: Dockerfiles, contexts, env files, `~/.docker/config.json`. Throws errors with `code` (ENOENT, …). */
export interface Files {
  stat(path: string): {
    readonly type: 'file' | 'directory' | 'symlink' | 'socket' | 'other';
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    readonly sizeBytes: number;
    readonly mtimeNs: bigint;
    /** Tells files with several names apart; absent if it has but one. */
    readonly shared?: string;
    /** What it is that is neither a file nor a directory, link or socket: which kind, and which device. */
    readonly special?: SpecialFile;
  } | null;
  lstat(path: string): ReturnType<Files['stat']>;
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, mode?: number): void;
  mkdir(path: string, options?: { recursive?: boolean; mode?: number }): void;
  readdir(path: string): readonly string[];
  readlink(path: string): string;
  symlink(target: string, path: string): void;
  link(existing: string, path: string): void;
  mknod(path: string, special: SpecialFile, mode: number): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  chmod(path: string, mode: number): void;
  utimes(path: string, mtimeNs: bigint): void;
}

/** Fetches code the way this world does it. */
export const loadCode = <Code>(io: Pick<Io, 'load'>, code: () => Promise<Code>): Promise<Code> =>
  io.load === undefined ? code() : io.load(code);
