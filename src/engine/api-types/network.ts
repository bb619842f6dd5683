export interface EndpointIPAMConfig {
  readonly IPv4Address?: string;
  readonly IPv6Address?: string;
  readonly LinkLocalIPs?: readonly string[];
}

/** A container's side of a network; in requests the upper half, in answers all. */
export interface EndpointSettings {
  readonly IPAMConfig?: EndpointIPAMConfig | null;
  readonly Links?: readonly string[] | null;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: Readonly<Record<string, string>> | null;
  readonly GwPriority?: number;
  readonly NetworkID?: string;
  readonly EndpointID?: string;
  readonly Gateway?: string;
  readonly IPAddress?: string;
  readonly MacAddress?: string;
  readonly IPPrefixLen?: number;
  readonly IPv6Gateway?: string;
  readonly GlobalIPv6Address?: string;
  readonly GlobalIPv6PrefixLen?: number;
  readonly DNSNames?: readonly string[] | null;
}

export interface IPAMPool {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}
export interface IPAM {
  readonly Driver: string;
  readonly Options: Readonly<Record<string, string>> | null;
  readonly Config: readonly IPAMPool[] | null;
}

/** An element of GET /networks. */
export interface NetworkSummary {
  readonly Name: string;
  readonly Id: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv4: boolean;
  readonly EnableIPv6: boolean;
  readonly IPAM: IPAM;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly ConfigFrom: { readonly Network: string };
  readonly ConfigOnly: boolean;
  readonly Options: Readonly<Record<string, string>> | null;
  readonly Labels: Readonly<Record<string, string>> | null;
}

export interface NetworkContainer {
  readonly Name: string;
  readonly EndpointID: string;
  readonly MacAddress: string;
  readonly IPv4Address: string;
  readonly IPv6Address: string;
}

/** GET /networks/{id}. */
export interface NetworkInspect extends NetworkSummary {
  readonly Containers: Readonly<Record<string, NetworkContainer>>;
  readonly Peers?: readonly { readonly Name: string; readonly IP: string }[];
  readonly Status?: {
    readonly IPAM?: { readonly Subnets?: Readonly<Record<string, { readonly IPsInUse: number; readonly DynamicIPsAvailable: number }>> };
  };
}

/** POST /networks/create. */
export interface NetworkCreateRequest {
  readonly Name: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: Partial<IPAM> | null;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network: string } | null;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}
export interface NetworkCreateResponse {
  readonly Id: string;
  readonly Warning: string;
}
export interface NetworkConnectRequest {
  readonly Container?: string;
  readonly EndpointConfig?: EndpointSettings | null;
}
export interface NetworkDisconnectRequest {
  readonly Container?: string;
  readonly Force?: boolean;
}
export interface NetworksPruneReport {
  readonly NetworksDeleted: readonly string[] | null;
}
