/** GET /drydock/flows and /drydock/lookups: the ways that packets took or that ended, and the names that were asked for on them. */
import type { DrydockFlow, DrydockHop, DrydockLookup } from '../../api-types/index.ts';
import type { Flow, FlowEnd, Hop } from '../../kernel/net/index.ts';
import type { SpanLog } from '../../kernel/process/spans.ts';
import type { SpanId } from '../../kernel/sys.ts';
import { HEALTH_CHECK } from '../containers/health/health.ts';
import type { Daemon } from '../daemon.ts';

/** Those after the one with that number, oldest first. */
export const flowsSince = (daemon: Daemon, since: number): readonly DrydockFlow[] =>
  (daemon.flows?.list() ?? []).filter(({ id }) => id > since).map((flow) => flowOf(daemon, flow));

/** The kernel counts from its start; what is told counts from 1970. */
export const flowOf = ({ sys: { clock }, spans }: Daemon, flow: Flow): DrydockFlow => ({
  ...{ Id: flow.id, AtNs: String(flow.atNs + clock.nowNs() - clock.monotonicNs()), Span: flow.span },
  ...{ HealthCheck: isBegunIn(HEALTH_CHECK, flow.span, spans), Protocol: protocolOf(flow.protocol) },
  From: endOf(flow.from),
  To: { Ip: flow.to.ip, Port: flow.to.port },
  Outcome: flow.outcome,
  There: flow.there.map(hopOf),
  Back: flow.back.map(hopOf),
});

/** Whether something was begun, at whatever remove, in a span of that label. */
function isBegunIn(label: string, id: SpanId, spans: SpanLog | undefined): boolean {
  for (let span = spans?.find(id); span !== undefined; span = spans?.find(span.parent)) if (span.label === label) return true;
  return false;
}

const protocolOf = (protocol: Flow['protocol']): DrydockFlow['Protocol'] => (protocol === 'icmp6' ? 'icmp' : protocol);
const endOf = ({ ip, port, namespace, program = '' }: FlowEnd): DrydockFlow['From'] => ({
  ...{ Ip: ip, Port: port, Namespace: namespace, Program: program },
});

function hopOf(hop: Hop): DrydockHop {
  const Namespace = hop.namespace;
  switch (hop.kind) {
    case 'process':
      return { Kind: 'process', Namespace, Pid: hop.pid, Program: hop.program };
    case 'route':
      return { Kind: 'route', Namespace, Destination: hop.destination, Device: hop.device, ...(hop.via !== undefined && { Via: hop.via }) };
    case 'interface':
      return { Kind: 'interface', Namespace, Name: hop.name, Direction: hop.direction };
    case 'bridge':
      return { Kind: 'bridge', Namespace, Name: hop.name, Port: hop.port, Flooded: hop.flooded };
    case 'rule':
      return {
        ...{ Kind: 'rule', Namespace, Table: hop.table, Chain: hop.chain, Number: hop.number, Verdict: hop.verdict, Span: hop.span },
        Spec: hop.number === 0 ? `-P ${hop.chain} ${hop.verdict}` : `-A ${hop.chain} ${hop.spec.join(' ')}`,
      };
    case 'rewrite':
      return { Kind: 'rewrite', Namespace, What: hop.what, From: hop.from, To: hop.to };
    case 'neighbour':
      return { Kind: 'neighbour', Namespace, Ip: hop.ip, Device: hop.device, ...(hop.mac !== undefined && { Mac: hop.mac }) };
    case 'end':
      return { Kind: 'end', Namespace, Reason: hop.reason };
  }
}

/** Those after the one with that number, oldest first. */
export const lookupsSince = ({ lookups }: Daemon, since: number): readonly DrydockLookup[] =>
  lookups
    .list()
    .filter(({ id }) => id > since)
    .map(({ id, atNs, container, name, type, answers, source }) => ({
      ...{ Id: id, AtNs: String(atNs), Container: container, Name: name, Type: type, Answers: answers, Source: source },
    }));
