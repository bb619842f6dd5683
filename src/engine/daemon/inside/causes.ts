/** GET /drydock/causes: the spans that the kernel remembers, and what was made in the course of each. */
import type { DrydockCauses } from '../../api-types/index.ts';
import type { Daemon } from '../daemon.ts';
import { layerCauses } from './layer-causes.ts';
import { chainsNow } from './network.ts';

type Thing = DrydockCauses['Things'][number];

export function causesNow(daemon: Daemon, requests: readonly { readonly id: number; readonly span: number }[]): DrydockCauses {
  const things: readonly Thing[] = [
    ...requests.map(({ id, span }): Thing => ({ Span: span, Kind: 'request', Name: String(id) })),
    ...daemon.events
      .causes()
      .map(({ span, event }): Thing => ({ Span: span, Kind: 'event', Name: `${event.Type} ${event.Action} ${event.Actor.ID}` })),
    ...chainsNow(daemon).flatMap(({ Rules }) => Rules.map(({ Spec, Span }): Thing => ({ Span, Kind: 'rule', Name: Spec }))),
    ...layerCauses(daemon).map(({ span, name }): Thing => ({ Span: span, Kind: 'layer', Name: name })),
    ...daemon.sys.net.link.list().map(({ name, span }): Thing => ({ Span: span, Kind: 'link', Name: name })),
  ];
  const spans = daemon.spans?.list() ?? [];
  const wanted = reached(things, new Map(spans.map(({ id, parent }) => [id, parent])));
  return {
    Spans: spans
      .filter(({ id }) => wanted.has(id))
      .map(({ id, parent, label, pid, atNs }) => ({ Id: id, Parent: parent, Label: label, Pid: pid, AtNs: String(atNs) })),
    Things: things.filter(({ Span }) => wanted.has(Span)),
  };
}

/** The spans of the things and all they were begun in; most of what a machine did made nothing that can be seen. */
function reached(things: readonly Thing[], parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { Span } of things)
    for (let at: number | undefined = Span; at !== undefined && at !== 0 && !found.has(at) && parents.has(at); at = parents.get(at))
      found.add(at);
  return found;
}
