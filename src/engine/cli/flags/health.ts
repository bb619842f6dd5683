import type { HealthConfig } from '../../api-types/index.ts';
import type { CreateFlags } from '../command/container/create-flags.ts';
import { CliError } from '../errors.ts';

/** What the `--health-*` flags ask for; undefined if they say nothing. */
export function healthConfig(flags: CreateFlags): HealthConfig | undefined {
  const numbers = {
    Interval: flags['health-interval'],
    Timeout: flags['health-timeout'],
    StartPeriod: flags['health-start-period'],
    StartInterval: flags['health-start-interval'],
  };
  const set = Object.entries({ ...numbers, Retries: flags['health-retries'] }).filter(([, value]) => value !== 0);
  const given = flags['health-cmd'] !== '' || set.length > 0;
  if (flags['no-healthcheck']) {
    if (given) throw new CliError('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  if (!given) return undefined;
  const names = {
    Interval: 'interval',
    Timeout: 'timeout',
    Retries: 'retries',
    StartPeriod: 'start-period',
    StartInterval: 'start-interval',
  } as const;
  for (const [key, value] of set) if (value < 0) throw new CliError(`--health-${names[key as keyof typeof names]} cannot be negative`);
  return { ...(flags['health-cmd'] === '' ? {} : { Test: ['CMD-SHELL', flags['health-cmd']] }), ...Object.fromEntries(set) };
}
