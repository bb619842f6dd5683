/** Options of the command line. */
export interface Flags {
  readonly evaluate: string | null;
  readonly prints: boolean;
  readonly isModule: boolean | null;
  readonly requires: readonly string[];
  readonly imports: readonly string[];
  readonly envFiles: readonly string[];
  readonly heapMb: number | null;
  readonly watch: boolean;
  readonly test: boolean;
  readonly check: boolean;
  readonly interactive: boolean;
  readonly noWarnings: boolean;
  readonly rejections: string;
  readonly ask: 'version' | 'help' | null;
  /** As given, for `process.execArgv`. */
  readonly own: readonly string[];
  readonly script: string | null;
  readonly args: readonly string[];
  /** What is wrong with them. */
  readonly problem: string | null;
}

/** Flags that change nothing here. */
const IGNORED =
  /^--(trace-(warnings|uncaught|deprecation|exit)|enable-source-maps|no-deprecation|experimental-[\w-]+|no-experimental-[\w-]+|inspect.*|expose-gc|stack-trace-limit=\d+|pending-deprecation|throw-deprecation|dns-result-order=\w+|max-http-header-size=\d+|preserve-symlinks|security-revert=.*|abort-on-uncaught-exception|icu-data-dir=.*|openssl-[\w-]+|use-[\w-]+|v8-pool-size=\d+|title=.*|optimize-for-size|max-semi-space-size=\d+|stack-size=\d+|conditions=.*|watch-path=.*|watch-preserve-output|test-[\w-]+(=.*)?|env-file-if-exists=.*|network-family-[\w-]+(=.*)?|disable-warning=.*|frozen-intrinsics|interpreted-frames-native-stack|jitless|no-opt|strip-types|permission|allow-[\w-]+(=.*)?)$/;

interface Reading {
  evaluate: string | null;
  prints: boolean;
  isModule: boolean | null;
  requires: string[];
  imports: string[];
  envFiles: string[];
  heapMb: number | null;
  watch: boolean;
  test: boolean;
  check: boolean;
  interactive: boolean;
  noWarnings: boolean;
  rejections: string;
  ask: 'version' | 'help' | null;
  problem: string | null;
}

type Take = (reading: Reading, value: string) => void;

const WITH_VALUE: Readonly<Record<string, Take>> = {
  '-e': (reading, value) => {
    reading.evaluate = value;
  },
  '-p': (reading, value) => {
    reading.evaluate = value;
    reading.prints = true;
  },
  '-r': (reading, value) => void reading.requires.push(value),
  '--import': (reading, value) => void reading.imports.push(value),
  '--env-file': (reading, value) => void reading.envFiles.push(value),
  '--input-type': (reading, value) => {
    reading.isModule = value === 'module';
  },
  '--unhandled-rejections': (reading, value) => {
    reading.rejections = value;
  },
  '--max-old-space-size': (reading, value) => {
    reading.heapMb = Number(value);
  },
};
const LONG: Readonly<Record<string, string>> = {
  '--eval': '-e',
  '--print': '-p',
  '-pe': '-p',
  '--require': '-r',
  '--max_old_space_size': '--max-old-space-size',
  '-C': '--conditions',
};
const SWITCHES: Readonly<Record<string, (reading: Reading) => void>> = {
  '-v': (reading) => {
    reading.ask = 'version';
  },
  '-h': (reading) => {
    reading.ask = 'help';
  },
  '-i': (reading) => {
    reading.interactive = true;
  },
  '-c': (reading) => {
    reading.check = true;
  },
  '--watch': (reading) => {
    reading.watch = true;
  },
  '--test': (reading) => {
    reading.test = true;
  },
  '--no-warnings': (reading) => {
    reading.noWarnings = true;
  },
};
const LONG_SWITCHES: Readonly<Record<string, string>> = { '--version': '-v', '--help': '-h', '--interactive': '-i', '--check': '-c' };

/** Reads the words after `node`, and those of NODE_OPTIONS before them. */
export function readFlags(words: readonly string[], options: string | undefined): Flags {
  const reading: Reading = {
    evaluate: null,
    prints: false,
    isModule: null,
    requires: [],
    imports: [],
    envFiles: [],
    heapMb: null,
    watch: false,
    test: false,
    check: false,
    interactive: false,
    noWarnings: false,
    rejections: 'throw',
    ask: null,
    problem: null,
  };
  const before = (options ?? '').split(/\s+/).filter((word) => word !== '');
  readWords(reading, before);
  const rest = readWords(reading, words);
  const own = words.slice(0, words.length - rest.length).filter((word) => word !== '--');
  const hasScript = reading.evaluate === null && !reading.test;
  return { ...reading, own, script: hasScript ? (rest[0] ?? null) : null, args: hasScript ? rest.slice(1) : rest };
}

/** Returns what is left: the script and its arguments. */
function readWords(reading: Reading, words: readonly string[]): readonly string[] {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return words.slice(at + 1);
    if (!word.startsWith('-') || word === '-') return words.slice(at);
    const [name = word, inline] =
      word.startsWith('--') && word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word];
    const short = LONG[name] ?? name;
    const take = WITH_VALUE[short];
    const toggle = SWITCHES[LONG_SWITCHES[name] ?? name];
    if (take !== undefined) {
      const value = inline ?? words[at + 1];
      if (value === undefined) {
        if (short === '-p') {
          reading.prints = true;
          return [];
        }
        reading.problem = `${name} requires an argument`;
        return [];
      }
      if (inline === undefined) at += 1;
      take(reading, value);
    } else if (toggle !== undefined) toggle(reading);
    else if (!IGNORED.test(word)) {
      reading.problem = `bad option: ${word}`;
      return [];
    }
  }
  return [];
}
