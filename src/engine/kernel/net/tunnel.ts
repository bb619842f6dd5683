/** A link whose frames travel to other hosts in packets: what the rest of the network asks of it. There is one kind: vxlan.ts. */
import type { Transit } from './frames.ts';
import type { Link } from './link.ts';
import type { NetNamespace } from './namespace.ts';
import type { Ending } from './trace.ts';
import type { TunnelInfo } from './types.ts';

export interface Tunnel {
  readonly info: TunnelInfo;
  /** By whose routes its packets travel. */
  readonly underlay: NetNamespace;
  /** Its link is there, and gone. */
  open(link: Link): void;
  close(link: Link): void;
  /** Takes a frame to another host: the link that it comes in by there. */
  send(link: Link, transit: Transit): Link | Ending;
  /** Whether it knows where a MAC is. */
  leadsTo(mac: string): boolean;
  /** Whose ends hear a broadcast. */
  flooded(link: Link): readonly Link[];
  entries(): readonly { readonly mac: string; readonly to: string }[];
  set(mac: string, to: string | undefined): void;
}
