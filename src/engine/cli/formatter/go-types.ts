/**
 * The types of what `inspect` shows, as Go has them: templates see the fields in this order, under these names. `Id>ID` is a field whose
 * key in JSON is another one, `...` one whose own fields are its struct's too.
 */
const SOURCE = `
  container.InspectResponse:
    Id>ID string, Created string, Path string, Args []string, State *container.State, Image string, ResolvConfPath string, HostnamePath
    string, HostsPath string, LogPath string, Name string, RestartCount int, Driver string, Platform string, MountLabel string,
    ProcessLabel string, AppArmorProfile string, ExecIDs []string, HostConfig *container.HostConfig, GraphDriver *storage.DriverData,
    Storage *storage.Storage, SizeRw *int64, SizeRootFs *int64, Mounts []container.MountPoint, Config *container.Config, NetworkSettings
    *container.NetworkSettings, ImageManifestDescriptor *v1.Descriptor
  container.State:
    Status container.ContainerState, Running bool, Paused bool, Restarting bool, OOMKilled bool, Dead bool, Pid int, ExitCode int, Error
    string, StartedAt string, FinishedAt string, Health *container.Health
  container.Health:
    Status container.HealthStatus, FailingStreak int, Log []*container.HealthcheckResult
  container.HealthcheckResult:
    Start time.Time, End time.Time, ExitCode int, Output string
  container.HostConfig:
    Binds []string, ContainerIDFile string, LogConfig container.LogConfig, NetworkMode container.NetworkMode, PortBindings
    map[network.Port][]network.PortBinding, RestartPolicy container.RestartPolicy, AutoRemove bool, VolumeDriver string, VolumesFrom
    []string, ConsoleSize [2]uint, Annotations map[string]string, CapAdd []string, CapDrop []string, CgroupnsMode
    container.CgroupnsMode, Dns>DNS []netip.Addr, DnsOptions>DNSOptions []string, DnsSearch>DNSSearch []string, ExtraHosts []string,
    GroupAdd []string, IpcMode container.IpcMode, Cgroup container.CgroupSpec, Links []string, OomScoreAdj int, PidMode
    container.PidMode, Privileged bool, PublishAllPorts bool, ReadonlyRootfs bool, SecurityOpt []string, StorageOpt map[string]string,
    Tmpfs map[string]string, UTSMode container.UTSMode, UsernsMode container.UsernsMode, ShmSize int64, Sysctls map[string]string,
    Runtime string, Isolation container.Isolation, ...Resources container.Resources, Mounts []mount.Mount, MaskedPaths []string,
    ReadonlyPaths []string, Init *bool
  container.LogConfig:
    Type string, Config map[string]string
  network.PortBinding:
    HostIp>HostIP netip.Addr, HostPort string
  container.RestartPolicy:
    Name container.RestartPolicyMode, MaximumRetryCount int
  container.Resources:
    CpuShares>CPUShares int64, Memory int64, NanoCpus>NanoCPUs int64, CgroupParent string, BlkioWeight uint16, BlkioWeightDevice
    []*blkiodev.WeightDevice, BlkioDeviceReadBps []*blkiodev.ThrottleDevice, BlkioDeviceWriteBps []*blkiodev.ThrottleDevice,
    BlkioDeviceReadIOps []*blkiodev.ThrottleDevice, BlkioDeviceWriteIOps []*blkiodev.ThrottleDevice, CpuPeriod>CPUPeriod int64,
    CpuQuota>CPUQuota int64, CpuRealtimePeriod>CPURealtimePeriod int64, CpuRealtimeRuntime>CPURealtimeRuntime int64, CpusetCpus string,
    CpusetMems string, Devices []container.DeviceMapping, DeviceCgroupRules []string, DeviceRequests []container.DeviceRequest,
    MemoryReservation int64, MemorySwap int64, MemorySwappiness *int64, OomKillDisable *bool, PidsLimit *int64, Ulimits []*units.Ulimit,
    CpuCount>CPUCount int64, CpuPercent>CPUPercent int64, IOMaximumIOps uint64, IOMaximumBandwidth uint64
  blkiodev.WeightDevice:
    Path string, Weight uint16
  blkiodev.ThrottleDevice:
    Path string, Rate uint64
  container.DeviceMapping:
    PathOnHost string, PathInContainer string, CgroupPermissions string
  container.DeviceRequest:
    Driver string, Count int, DeviceIDs []string, Capabilities [][]string, Options map[string]string
  units.Ulimit:
    Name string, Hard int64, Soft int64
  mount.Mount:
    Type mount.Type, Source string, Target string, ReadOnly bool, Consistency mount.Consistency, BindOptions *mount.BindOptions,
    VolumeOptions *mount.VolumeOptions, ImageOptions *mount.ImageOptions, TmpfsOptions *mount.TmpfsOptions, ClusterOptions
    *mount.ClusterOptions
  mount.BindOptions:
    Propagation mount.Propagation, NonRecursive bool, CreateMountpoint bool, ReadOnlyNonRecursive bool, ReadOnlyForceRecursive bool
  mount.VolumeOptions:
    NoCopy bool, Labels map[string]string, Subpath string, DriverConfig *mount.Driver
  mount.Driver:
    Name string, Options map[string]string
  mount.ImageOptions:
    Subpath string
  mount.TmpfsOptions:
    SizeBytes int64, Mode fs.FileMode, Options [][]string
  storage.DriverData:
    Data map[string]string, Name string
  storage.Storage:
    RootFS *storage.RootFSStorage
  storage.RootFSStorage:
    Snapshot *storage.RootFSStorageSnapshot
  storage.RootFSStorageSnapshot:
    Name string
  container.MountPoint:
    Type mount.Type, Name string, Source string, Destination string, Driver string, Mode string, RW bool, Propagation mount.Propagation
  container.Config:
    Hostname string, Domainname string, User string, AttachStdin bool, AttachStdout bool, AttachStderr bool, ExposedPorts
    map[network.Port]struct {}, Tty bool, OpenStdin bool, StdinOnce bool, Env []string, Cmd []string, Healthcheck *v1.HealthcheckConfig,
    ArgsEscaped bool, Image string, Volumes map[string]struct {}, WorkingDir string, Entrypoint []string, NetworkDisabled bool, OnBuild
    []string, Labels map[string]string, StopSignal string, StopTimeout *int, Shell []string
  v1.HealthcheckConfig:
    Test []string, Interval time.Duration, Timeout time.Duration, StartPeriod time.Duration, StartInterval time.Duration, Retries int
  container.NetworkSettings:
    SandboxID string, SandboxKey string, Ports map[network.Port][]network.PortBinding, Networks map[string]*network.EndpointSettings
  network.EndpointSettings:
    IPAMConfig *network.EndpointIPAMConfig, Links []string, Aliases []string, DriverOpts map[string]string, GwPriority int, NetworkID
    string, EndpointID string, Gateway netip.Addr, IPAddress netip.Addr, MacAddress network.HardwareAddr, IPPrefixLen int, IPv6Gateway
    netip.Addr, GlobalIPv6Address netip.Addr, GlobalIPv6PrefixLen int, DNSNames []string
  network.EndpointIPAMConfig:
    IPv4Address netip.Addr, IPv6Address netip.Addr, LinkLocalIPs []netip.Addr
  v1.Descriptor:
    mediaType>MediaType string, digest>Digest digest.Digest, size>Size int64, urls>URLs []string, annotations>Annotations
    map[string]string, data>Data []uint8, platform>Platform *v1.Platform, artifactType>ArtifactType string
  v1.Platform:
    architecture>Architecture string, os>OS string, os.version>OSVersion string, os.features>OSFeatures []string, variant>Variant string
  image.InspectResponse:
    Id>ID string, RepoTags []string, RepoDigests []string, Comment string, Created string, Author string, Config
    *v1.DockerOCIImageConfig, Architecture string, Variant string, Os string, OsVersion string, Size int64, GraphDriver
    *storage.DriverData, RootFS image.RootFS, Metadata image.Metadata, Descriptor *v1.Descriptor, Manifests []image.ManifestSummary,
    Identity *image.Identity
  v1.DockerOCIImageConfig:
    ...ImageConfig v1.ImageConfig, ...DockerOCIImageConfigExt v1.DockerOCIImageConfigExt
  v1.ImageConfig:
    User string, ExposedPorts map[string]struct {}, Env []string, Entrypoint []string, Cmd []string, Volumes map[string]struct {},
    WorkingDir string, Labels map[string]string, StopSignal string, ArgsEscaped bool
  v1.DockerOCIImageConfigExt:
    Healthcheck *v1.HealthcheckConfig, OnBuild []string, Shell []string
  image.RootFS:
    Type string, Layers []string
  image.Metadata:
    LastTagTime time.Time
  network.Inspect:
    ...Network network.Network, Containers map[string]network.EndpointResource, Services map[string]network.ServiceInfo, Status
    *network.Status
  network.Network:
    Name string, Id>ID string, Created time.Time, Scope string, Driver string, EnableIPv4 bool, EnableIPv6 bool, IPAM network.IPAM,
    Internal bool, Attachable bool, Ingress bool, ConfigFrom network.ConfigReference, ConfigOnly bool, Options map[string]string, Labels
    map[string]string, Peers []network.PeerInfo
  network.PeerInfo:
    Name string, IP netip.Addr
  network.IPAM:
    Driver string, Options map[string]string, Config []network.IPAMConfig
  network.IPAMConfig:
    Subnet netip.Prefix, IPRange netip.Prefix, Gateway netip.Addr, AuxiliaryAddresses>AuxAddress map[string]netip.Addr
  network.ConfigReference:
    Network string
  network.EndpointResource:
    Name string, EndpointID string, MacAddress network.HardwareAddr, IPv4Address netip.Prefix, IPv6Address netip.Prefix
  network.Status:
    IPAM network.IPAMStatus
  network.IPAMStatus:
    Subnets map[netip.Prefix]network.SubnetStatus
  network.SubnetStatus:
    IPsInUse uint64, DynamicIPsAvailable uint64
  volume.Volume:
    ClusterVolume *volume.ClusterVolume, CreatedAt string, Driver string, Labels map[string]string, Mountpoint string, Name string,
    Options map[string]string, Scope string, Status map[string]interface {}, UsageData *volume.UsageData
  volume.UsageData:
    RefCount int64, Size int64
`;

/** Types that are text by another name. */
export const TEXT_TYPES: ReadonlySet<string> = new Set(
  `
  container.CgroupSpec container.CgroupnsMode container.ContainerState container.HealthStatus container.IpcMode container.Isolation
  container.NetworkMode container.PidMode container.RestartPolicyMode container.UTSMode container.UsernsMode digest.Digest
  mount.Consistency mount.Propagation mount.Type
`
    .trim()
    .split(/\s+/),
);

/** One field of a struct. */
export interface GoField {
  /** Its key in JSON. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly isEmbedded: boolean;
}

function fieldOf(text: string): GoField {
  const [, dots, key, name = '', type = ''] = /^(\.\.\.)?(?:([\w.]+)>)?(\w+) (.+)$/.exec(text) ?? [];
  return { key: key ?? name, name, type, isEmbedded: dots !== undefined };
}

/** The structs by name. */
export const GO_STRUCTS: ReadonlyMap<string, readonly GoField[]> = new Map(
  SOURCE.split(/\n {2}(?=\S)/)
    .slice(1)
    .map((text) => {
      const [name = '', body = ''] = text.split(/:\n/);
      return [name, body.trim().replace(/\s+/g, ' ').split(', ').map(fieldOf)];
    }),
);
