/** Fields that are numbers or switches: a text in them becomes one. Upstream: compose-go loader/interpolate.go. */
import type { Value } from './value.ts';

/** What Go's strconv says of a text that is none. */
export class CastError extends Error {}

const WHOLE =
  /^services\.[^.]+\.(cpu_count|cpu_period|cpu_quota|cpu_rt_period|cpu_rt_runtime|cpu_shares|oom_score_adj|pids_limit|scale|healthcheck\.retries|ports\.\[\]\.target|ulimits\.[^.]+(\.hard|\.soft)?|deploy\.(replicas|(update|rollback)_config\.parallelism|restart_policy\.max_attempts|placement\.max_replicas_per_node))$/;
const LONG = /\.(cpu_count|cpu_period|cpu_quota|cpu_rt_period|cpu_rt_runtime|cpu_shares|oom_score_adj|pids_limit)$/;
const DECIMAL = /^services\.[^.]+\.(cpu_percent|cpus|deploy\.(update|rollback)_config\.max_failure_ratio)$/;
const SWITCH =
  /^services\.[^.]+\.(init|oom_kill_disable|privileged|read_only|stdin_open|tty|healthcheck\.disable|depends_on\.[^.]+\.(required|restart)|volumes\.\[\]\.(read_only|volume\.nocopy))$|^networks\.[^.]+\.(external|internal|attachable|enable_ipv4|enable_ipv6)$|^(volumes|secrets|configs)\.[^.]+\.external$/;

/** Throws CastError. Tells of words that YAML has no more. */
export function castAt(text: string, place: string, warn: (message: string) => void = () => {}): Value {
  if (WHOLE.test(place)) {
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    throw new CastError(`strconv.${LONG.test(place) ? 'ParseInt' : 'Atoi'}: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  if (DECIMAL.test(place)) {
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
    throw new CastError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  if (!SWITCH.test(place)) return text;
  const word = text.toLowerCase();
  const isTrue = ['true', 'y', 'yes', 'on'].includes(word);
  if (!isTrue && !['false', 'n', 'no', 'off'].includes(word)) throw new CastError(`invalid boolean: ${text}`);
  if (word !== String(isTrue)) warn(`${JSON.stringify(text)} for boolean is not supported by YAML 1.2, please use \`${isTrue}\``);
  return isTrue;
}
