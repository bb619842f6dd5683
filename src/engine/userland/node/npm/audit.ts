/** `npm audit`, and what `npm install` says at its end: which installed versions the registry has advisories of. */
import type { Advisory, Client } from './client.ts';
import { NpmError } from './errors.ts';
import type { Context } from './install.ts';
import { type Lock, nameOfLock, readJson } from './project.ts';
import { satisfies } from './semver.ts';

export interface Installed {
  readonly name: string;
  readonly version: string;
}

interface Finding extends Installed {
  readonly advisory: Advisory;
}

const SEVERITIES = ['low', 'moderate', 'high', 'critical'] as const;

/** What the registry knows against these packages; null if it answers no such questions. */
export async function findingsOf(client: Pick<Client, 'advisories'>, installed: readonly Installed[]): Promise<readonly Finding[] | null> {
  const versions = Object.groupBy(installed, ({ name }) => name);
  const question = Object.fromEntries(Object.entries(versions).map(([name, some = []]) => [name, some.map(({ version }) => version)]));
  const advisories = await client.advisories(question);
  if (advisories === null) return null;
  return installed.flatMap(({ name, version }) =>
    (advisories[name] ?? [])
      .filter((advisory) => satisfies(version, advisory.vulnerable_versions))
      .map((advisory) => ({ name, version, advisory })),
  );
}

/** `found 0 vulnerabilities`, `2 vulnerabilities (1 low, 1 high)`. */
export function countText(findings: readonly Finding[]): string {
  const total = findings.length;
  if (total === 0) return 'found 0 vulnerabilities';
  const counts = SEVERITIES.map(
    (severity) => [severity, findings.filter(({ advisory }) => advisory.severity === severity).length] as const,
  );
  const there = counts.filter(([, count]) => count > 0);
  const [only] = there;
  const noun = total === 1 ? 'vulnerability' : 'vulnerabilities';
  if (there.length === 1 && only !== undefined) return `${total} ${only[0]} severity ${noun}`;
  return `${total} ${noun} (${there.map(([severity, count]) => `${count} ${severity}`).join(', ')})`;
}

export async function audit({ sys, root, client, say }: Context): Promise<number> {
  const lock = readJson<Lock>(sys, `${root}/package-lock.json`);
  if (lock === null)
    throw new NpmError('ENOLOCK', [
      'audit This command requires an existing lockfile.',
      'audit Try creating one first with: npm i --package-lock-only',
      'audit Original error: loadVirtual requires existing shrinkwrap file',
    ]);
  const installed = Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version }]) => ({ name: nameOfLock(path), version: version ?? '' }));
  const findings = await findingsOf(client, installed);
  if (findings === null) throw new NpmError('ENOAUDIT', ['audit Your configured registry does not support audit requests.']);
  const reports = findings.map(
    ({ name, advisory }) =>
      `${name}  ${advisory.vulnerable_versions}\nSeverity: ${advisory.severity}\n${advisory.title} - ${advisory.url}\nnode_modules/${name}\n\n`,
  );
  await say(`${findings.length > 0 ? '# npm audit report\n\n' : ''}${reports.join('')}${countText(findings)}\n`);
  return findings.length > 0 ? 1 : 0;
}
