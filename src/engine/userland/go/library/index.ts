/** The standard library, as far as it is here: packages by their paths. */
import { BUFIO, CMP, ERRORS, FMT, IO, MAPS, SLICES, SORT } from './basics.ts';
import { HTTP, NET } from './http.ts';
import { JSON_PACKAGE } from './json.ts';
import type { LibraryPackage } from './packages.ts';
import { BASE64, FILEPATH, FLAG, HEX, HTML, LIST, LOG, MATH, MATH_RAND, PATH, SHA256, URL_PACKAGE } from './small.ts';
import { FS, OS, RUNTIME, SIGNAL, SYSCALL } from './system.ts';
import { HTTPTEST, TESTING } from './testing.ts';
import { BYTES, STRCONV, STRINGS, UNICODE, UTF8 } from './texts.ts';
import { ATOMIC, CONTEXT, SYNC, TIME } from './times.ts';

export const LIBRARY: Readonly<Record<string, LibraryPackage>> = {
  bufio: BUFIO,
  bytes: BYTES,
  cmp: CMP,
  'container/list': LIST,
  context: CONTEXT,
  'crypto/sha256': SHA256,
  'encoding/base64': BASE64,
  'encoding/hex': HEX,
  'encoding/json': JSON_PACKAGE,
  errors: ERRORS,
  flag: FLAG,
  fmt: FMT,
  html: HTML,
  io: IO,
  'io/fs': FS,
  log: LOG,
  maps: MAPS,
  math: MATH,
  'math/rand': MATH_RAND,
  'math/rand/v2': MATH_RAND,
  net: NET,
  'net/http': HTTP,
  'net/http/httptest': HTTPTEST,
  'net/url': URL_PACKAGE,
  os: OS,
  'os/signal': SIGNAL,
  path: PATH,
  'path/filepath': FILEPATH,
  runtime: RUNTIME,
  slices: SLICES,
  sort: SORT,
  strconv: STRCONV,
  strings: STRINGS,
  sync: SYNC,
  'sync/atomic': ATOMIC,
  syscall: SYSCALL,
  testing: TESTING,
  time: TIME,
  unicode: UNICODE,
  'unicode/utf8': UTF8,
};
