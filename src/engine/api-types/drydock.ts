/**
 * What the Docker API cannot tell: answers of `GET /drydock/…`. Looks that change nothing. A real Engine answers 404; whoever asks
 * does without. Instants are nanoseconds since 1970, as text: JSON's numbers do not hold them. A `Span` is a cause: see `DrydockCauses`.
 */

/** An element of GET /drydock/processes: one process of the host, wherever it lives. `container=NAME` asks for one container's. */
export interface DrydockProcess {
  /** As the host counts. */
  readonly Pid: number;
  readonly PPid: number;
  /** Its number in each pid namespace that it is seen from, the host's first, its own last. */
  readonly NsPids: readonly number[];
  readonly Command: string;
  /** `R`, `S`, `D`, `T` or `Z`. */
  readonly State: string;
  readonly Uid: number;
  /** The container's id; empty for a process of the host. */
  readonly Container: string;
  /** By kind (`pid`, `net`, `mnt`, `uts`, `ipc`, `cgroup`, `time`, `user`): the inode that /proc/PID/ns shows. */
  readonly Namespaces: Readonly<Record<string, number>>;
  /** Signals that it has a handler for; for PID 1 of a namespace every other one is without effect from inside. */
  readonly Caught: readonly string[];
}

/** An element of GET /drydock/layers?image=NAME or ?container=NAME, the lowest first. */
export interface DrydockLayer {
  /** What /drydock/layers/{Key}/files is asked by: a chain id, or a container's id. */
  readonly Key: string;
  readonly Parent: string;
  /** An image's layer; empty for a container's own two. */
  readonly DiffID: string;
  readonly Kind: 'image' | 'init' | 'writable';
  /** As an author wrote it. */
  readonly CreatedBy: string;
  /** On the disk, as its original has it. */
  readonly SizeBytes: number;
}

/** An element of GET /drydock/layers/{key}/files: what a layer itself holds, without what is below. Sorted by path. */
export interface DrydockFile {
  readonly Path: string;
  readonly Type: 'file' | 'directory' | 'symlink' | 'whiteout' | 'other';
  readonly Mode: number;
  readonly Uid: number;
  readonly Gid: number;
  readonly SizeBytes: number;
  readonly ModifiedNs: string;
  /** A directory that hides what is below it. */
  readonly Opaque?: true;
  readonly Target?: string;
}

export interface DrydockLink {
  readonly Index: number;
  readonly Name: string;
  readonly Kind: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'macvlan' | 'ipvlan' | 'vlan' | 'dummy' | 'vxlan';
  readonly Mac: string;
  readonly Mtu: number;
  readonly Up: boolean;
  readonly Master: string;
  /** `172.17.0.2/16`. */
  readonly Addresses: readonly string[];
  /** The other end of a veth pair: its index in the other namespace; 0 if there is none. */
  readonly PeerIndex: number;
  readonly RxPackets: number;
  readonly TxPackets: number;
}

/** An element of GET /drydock/namespaces: a network namespace, the host's first. */
export interface DrydockNetns {
  /** The inode; hops of flows name it. */
  readonly Namespace: number;
  /** Ids of the containers that live in it; none for the host's. */
  readonly Containers: readonly string[];
  readonly Links: readonly DrydockLink[];
  readonly Routes: readonly { readonly Destination: string; readonly Via: string; readonly Device: string }[];
  /** `0.0.0.0:80`: where somebody listens, and who. */
  readonly Listening: readonly { readonly Address: string; readonly Protocol: 'tcp' | 'udp'; readonly Program: string }[];
}

/** An element of GET /drydock/rules: a chain of the host's packet filter. */
export interface DrydockChain {
  readonly Table: string;
  readonly Chain: string;
  readonly Policy: string;
  readonly Rules: readonly {
    /** As `iptables -S` prints it. */
    readonly Spec: string;
    readonly Packets: number;
    readonly Bytes: number;
    readonly Span: number;
  }[];
}

/** One step of a packet's way; `Namespace` is the inode of the network namespace where it happened. */
export type DrydockHop =
  | { readonly Kind: 'process'; readonly Namespace: number; readonly Pid: number; readonly Program: string }
  | { readonly Kind: 'route'; readonly Namespace: number; readonly Destination: string; readonly Via?: string; readonly Device: string }
  | { readonly Kind: 'interface'; readonly Namespace: number; readonly Name: string; readonly Direction: 'in' | 'out' }
  | { readonly Kind: 'bridge'; readonly Namespace: number; readonly Name: string; readonly Port: string; readonly Flooded: boolean }
  | {
      readonly Kind: 'rule';
      readonly Namespace: number;
      readonly Table: string;
      readonly Chain: string;
      /** From 1; 0 is the chain's policy. */
      readonly Number: number;
      readonly Spec: string;
      readonly Verdict: string;
      readonly Span: number;
    }
  | {
      readonly Kind: 'rewrite';
      readonly Namespace: number;
      readonly What: 'source' | 'destination';
      readonly From: string;
      readonly To: string;
    }
  | { readonly Kind: 'neighbour'; readonly Namespace: number; readonly Ip: string; readonly Device: string; readonly Mac?: string }
  | { readonly Kind: 'end'; readonly Namespace: number; readonly Reason: string };

export interface DrydockFlowEnd {
  readonly Ip: string;
  readonly Port: number;
  readonly Namespace: number;
  readonly Program: string;
}

/** An element of GET /drydock/flows, and a line of it with `follow=1`: what became of a conversation. `since=ID` leaves out what is known. */
export interface DrydockFlow {
  readonly Id: number;
  readonly AtNs: string;
  readonly Span: number;
  /** A container's health check asked, or what it started. */
  readonly HealthCheck: boolean;
  readonly Protocol: 'tcp' | 'udp' | 'icmp';
  readonly From: DrydockFlowEnd;
  /** Whom the sender called; where that really was, say the hops. */
  readonly To: { readonly Ip: string; readonly Port: number };
  readonly Outcome: 'open' | 'closed' | 'refused' | 'dropped' | 'unreachable' | 'answered' | 'sent';
  readonly There: readonly DrydockHop[];
  readonly Back: readonly DrydockHop[];
}

/** An element of GET /drydock/lookups: what a container asked its embedded name server, and what it was told. `since=ID`. */
export interface DrydockLookup {
  readonly Id: number;
  readonly AtNs: string;
  readonly Container: string;
  readonly Name: string;
  readonly Type: string;
  readonly Answers: readonly string[];
  /** `127.0.0.11`: the Engine knew it; else the address of the server that was asked. Empty: nobody answered. */
  readonly Source: string;
}

/** Why something happened: begun in the course of another, back to the command that somebody typed. */
export interface DrydockSpan {
  readonly Id: number;
  /** 0: it came from outside. */
  readonly Parent: number;
  /** `docker run -d nginx`, `POST /containers/create`, `iptables …`. */
  readonly Label: string;
  readonly Pid: number;
  readonly AtNs: string;
}

/** GET /drydock/causes. */
export interface DrydockCauses {
  readonly Spans: readonly DrydockSpan[];
  /** What is there by such a cause. */
  readonly Things: readonly {
    readonly Span: number;
    readonly Kind: 'request' | 'event' | 'rule' | 'layer' | 'link';
    /** The request's number, the event's action and actor, the rule in full, the link's name; the layer's key, behind it the path of what was written into it. */
    readonly Name: string;
  }[];
}
