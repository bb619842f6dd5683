/** How many pulls a registry gives away: a manifest asked for by GET is a pull, as Docker Hub counts them. */
import type { Now } from './auth.ts';
import { ProtocolError } from './errors.ts';

export interface RateLimit {
  readonly windowSeconds: number;
  /** Pulls in a window of somebody who is logged in, or (undefined) of everybody else together; null: as many as one likes. */
  readonly pullsOf: (user: string | undefined) => number | null;
}

interface Window {
  endsAt: number;
  pulls: number;
}

type Headers = readonly (readonly [string, string])[];

export interface RateLimiter {
  /** The headers that an answer about a manifest carries. Throws ProtocolError TOOMANYREQUESTS for a pull too many. */
  manifest(user: string | undefined, options: { readonly isPull: boolean }): Headers;
}

const REACHED = 'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';
const REACHED_AS = (user: string): string =>
  `You have reached your pull rate limit as '${user}'. You may increase the limit by upgrading. https://www.docker.com/increase-rate-limit`;

/** Counts in windows that begin with somebody's first pull. */
export function createRateLimiter({ windowSeconds, pullsOf }: RateLimit, now: Now): RateLimiter {
  const windows = new Map<string | undefined, Window>();
  const open = (user: string | undefined): Window => {
    const known = windows.get(user);
    if (known && known.endsAt > now()) return known;
    const fresh = { endsAt: now() + windowSeconds, pulls: 0 };
    windows.set(user, fresh);
    return fresh;
  };
  return {
    manifest: (user, { isPull }) => {
      const limit = pullsOf(user);
      if (limit === null) return [];
      const window = open(user);
      if (isPull && window.pulls >= limit) {
        const wait = ['Retry-After', String(Math.max(1, Math.ceil(window.endsAt - now())))] as const;
        const message = user === undefined ? REACHED : REACHED_AS(user);
        throw new ProtocolError('TOOMANYREQUESTS', { message, headers: [wait, ...headersOf(limit, 0, windowSeconds)] });
      }
      if (isPull) window.pulls += 1;
      return headersOf(limit, limit - window.pulls, windowSeconds);
    },
  };
}

const headersOf = (limit: number, remaining: number, windowSeconds: number): Headers => [
  ['Ratelimit-Limit', `${limit};w=${windowSeconds}`],
  ['Ratelimit-Remaining', `${remaining};w=${windowSeconds}`],
];
