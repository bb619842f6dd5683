/** Runs build checks as a Dockerfile and the client want them: some skipped, some that end the build. Upstream: buildkit linter.go. */
import { DockerfileError, type Lines } from '../dockerfile/errors.ts';
import { BuildFailure } from '../failure.ts';
import { RULES, type Rule, urlOf } from './rules.ts';

export interface Finding {
  readonly rule: Rule;
  readonly url: string;
  readonly detail: string;
  readonly lines: Lines;
}

interface Config {
  readonly skip: readonly string[] | 'all';
  readonly experimental: readonly string[] | 'all';
  readonly isError: boolean;
}

const NOTHING: Config = { skip: [], experimental: [], isError: false };

/** `skip=A,B;error=true`. Throws DockerfileError. */
export function parseCheckOptions(text: string): Config {
  let config = NOTHING;
  for (const part of text.trim() === '' ? [] : text.trim().split(';')) {
    const at = part.indexOf('=');
    const key = part.slice(0, at).trim();
    const value = part.slice(at + 1).trim();
    const names = value === 'all' ? 'all' : value.split(',').map((name) => name.trim());
    if (at === -1) throw new DockerfileError(`invalid check option "${part}"`);
    if (key === 'skip') config = { ...config, skip: names };
    else if (key === 'experimental') config = { ...config, experimental: names };
    else if (key === 'error') config = { ...config, isError: boolean(value, part) };
    else throw new DockerfileError(`invalid check option "${key}"`);
  }
  return config;
}

function boolean(value: string, part: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new DockerfileError(`failed to parse check option "${part}": strconv.ParseBool: parsing "${value}": invalid syntax`);
}

/** What a build argument wants of the checks; undefined if none does. Throws BuildFailure. */
export function checkArgument(buildArgs: ReadonlyMap<string, string>): Config | undefined {
  const given = buildArgs.get('BUILDKIT_DOCKERFILE_CHECK');
  try {
    return given === undefined ? undefined : parseCheckOptions(given);
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw new BuildFailure(`failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: ${error.message}`);
  }
}

const merged = (a: Config['skip'], b: Config['skip']): Config['skip'] => (a === 'all' || b === 'all' ? 'all' : [...a, ...b]);
const covers = (names: Config['skip'], name: string): boolean => names === 'all' || names.includes(name);

export class Linter {
  readonly findings: Finding[];
  readonly #config: Config;

  constructor(config: Config = NOTHING, findings: Finding[] = []) {
    this.#config = config;
    this.findings = findings;
  }

  run(name: keyof typeof RULES, lines: Lines, detail: string): void {
    const rule: Rule = RULES[name];
    const { skip, experimental } = this.#config;
    if (rule.isExperimental ? !covers(experimental, rule.name) : covers(skip, rule.name)) return;
    this.findings.push({ rule, url: urlOf(rule), detail, lines });
  }

  /** With what a comment above an instruction says: `# check=skip=Rule`. */
  under(comments: readonly string[]): Linter {
    for (const comment of comments) {
      const value = /^check\s*=\s*(\S+)/.exec(comment)?.[1];
      if (value === undefined) continue;
      try {
        const config = parseCheckOptions(value);
        return new Linter(
          {
            skip: merged(this.#config.skip, config.skip),
            experimental: merged(this.#config.experimental, config.experimental),
            isError: this.#config.isError,
          },
          this.findings,
        );
      } catch {
        return this;
      }
    }
    return this;
  }

  /** Throws DockerfileError if findings are to end the build. */
  check(): void {
    if (!this.#config.isError || this.findings.length === 0) return;
    const names = [...new Set(this.findings.map(({ rule }) => rule.name))].sort();
    throw new DockerfileError(`lint violation found for rules: ${names.join(', ')}`, { start: 0, end: 0 });
  }
}

/** A finding on one line: `Rule: text (line 3)`. */
export const shortOf = ({ rule, detail, lines }: Finding): string =>
  `${rule.name}: ${detail}${lines.start > 0 ? ` (line ${lines.start})` : ''}`;
