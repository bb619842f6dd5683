/** `--platform`: `os/arch/variant`, several with commas between them. Upstream: containerd/platforms Parse, docker/buildx platformutil. */
import { CliError } from '../../errors.ts';

const OS = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)\))?$/;
const PART = /^[A-Za-z0-9_.-]+$/;
const SYSTEMS = 'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows zos'.split(' ');
const ARCHITECTURES = [
  '386 i386 amd64 x86_64 x86-64 arm armhf armel arm64 aarch64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x wasm',
].flatMap((line) => line.split(' '));
const MOST_PARTS = 3;

/** Checks each; they are sent as they are typed. Throws CliError. */
export const parsePlatforms = (list: readonly string[]): readonly string[] =>
  list
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '')
    .map(checkPlatform);

function checkPlatform(text: string): string {
  const name = JSON.stringify(text);
  const bad = (why: string) => new CliError(`${why}: invalid argument`);
  if (text === 'local') return text;
  if (text.includes('*')) throw bad(`${name}: wildcards not yet supported`);
  const [os = '', ...parts] = text.split('/');
  if (!OS.test(os))
    throw bad(
      `${JSON.stringify(os)} is an invalid OS component of ${name}: OSAndVersion specifier component must match ${JSON.stringify(OS.source)}`,
    );
  for (const part of parts)
    if (!PART.test(part))
      throw bad(
        `${JSON.stringify(part)} is an invalid component of ${name}: platform specifier component must match ${JSON.stringify(PART.source)}`,
      );
  if (parts.length === 0 && !SYSTEMS.includes(os.toLowerCase()) && !ARCHITECTURES.includes(os.toLowerCase()))
    throw bad(`${name}: unknown operating system or architecture`);
  if (parts.length >= MOST_PARTS) throw bad(`${name}: cannot parse platform specifier`);
  return text;
}
