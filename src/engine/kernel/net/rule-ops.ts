/** The rule tables and virtual servers as `iptables` reads and changes them: only with CAP_NET_ADMIN, reading too. */

import type { Access } from './link-ops.ts';
import { HOOKS } from './rules/tables.ts';
import type { NetCore } from './sockets/socket.ts';
import type { IpvsOps, RuleOps, TableName } from './types.ts';

export function ruleOps(core: NetCore, access: Access): RuleOps {
  const tables = () => {
    access.mustAdminister();
    return access.namespace().rules;
  };
  return {
    chains: (table, family = 'inet') => {
      const chains = [...tables().chains(table, family).values()];
      return [...chains]
        .sort((a, b) => order(table, a.name, b.name))
        .map(({ name, policy, rules, packets, bytes }) => ({
          name,
          packets,
          bytes,
          ...(policy !== undefined && { policy }),
          rules: rules.map((rule) => ({ spec: rule.spec, span: rule.span, packets: rule.packets, bytes: rule.bytes })),
        }));
    },
    newChain: (table, chain, family = 'inet') => tables().newChain(table, chain, family),
    deleteChain: (table, chain, family = 'inet') => tables().deleteChain(table, chain, family),
    renameChain: (table, chain, to, family = 'inet') => tables().renameChain(table, chain, { to, family }),
    flush: (table, chain, family = 'inet') => tables().flush(table, chain, family),
    policy: (table, chain, policy, family = 'inet') => tables().setPolicy(table, chain, policy, family),
    append: (table, chain, spec, family = 'inet') => tables().insert(table, chain, { spec, family, span: core.host.span() }),
    insert: (table, chain, spec, at = 1, family = 'inet') => tables().insert(table, chain, { spec, at, family, span: core.host.span() }),
    has: (table, chain, spec, family = 'inet') => tables().has(table, chain, { rule: spec, family }),
    remove: (table, chain, rule, family = 'inet') => tables().remove(table, chain, { rule, family }),
  };
}

export function ipvsOps(access: Access): IpvsOps {
  const servers = () => {
    access.mustAdminister();
    return access.namespace().ipvs;
  };
  return {
    list: () => servers().list(),
    addService: (mark) => servers().add(mark),
    deleteService: (mark) => servers().delete(mark),
    setServer: (mark, server) => servers().setServer(mark, server),
    deleteServer: (mark, ip) => servers().deleteServer(mark, ip),
  };
}

/** The kernel's chains in the order of their hooks, then the user's by name. */
function order(table: TableName, a: string, b: string): number {
  const hooks: readonly string[] = HOOKS[table];
  const [first, second] = [hooks.indexOf(a), hooks.indexOf(b)];
  if (first >= 0 || second >= 0) return (first < 0 ? hooks.length : first) - (second < 0 ? hooks.length : second);
  return a < b ? -1 : a > b ? 1 : 0;
}
