/** The order in which Compose writes the fields of its records, which its hashes depend on. Source: compose-go types. */
import { isList, isMapping, type Mapping, sortKeys, type Value } from './value.ts';

const names = (text: string): readonly string[] => text.split(/\s+/);
export const PROJECT = names('name services networks volumes secrets configs models');
export const SERVICE = names(
  `profiles annotations attach build develop blkio_config cap_add cap_drop cgroup_parent cgroup cpu_count cpu_percent cpu_period
  cpu_quota cpu_rt_period cpu_rt_runtime cpus cpuset cpu_shares command configs container_name credential_spec depends_on deploy
  device_cgroup_rules devices dns dns_opt dns_search dockerfile domainname entrypoint provider environment env_file expose extends
  external_links extra_hosts group_add gpus hostname healthcheck image init ipc isolation labels label_file links logging log_driver
  log_opt mem_limit mem_reservation memswap_limit mem_swappiness mac_address models net network_mode networks oom_kill_disable
  oom_score_adj pid pids_limit platform ports privileged pull_policy read_only restart runtime scale secrets security_opt shm_size
  stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volume_driver
  volumes volumes_from working_dir pre_start post_start pre_stop`,
);
const BUILD = names(
  `context dockerfile dockerfile_inline entitlements args provenance sbom ssh labels cache_from cache_to no_cache no_cache_filter
  additional_contexts pull extra_hosts isolation network target secrets shm_size tags ulimits platforms privileged`,
);
const NESTED: Readonly<Record<string, readonly string[]>> = {
  build: BUILD,
  ports: names('name mode host_ip target published protocol app_protocol'),
  volumes: names('type source target read_only consistency bind volume tmpfs image'),
  bind: names('selinux propagation create_host_path recursive'),
  volume: names('labels nocopy subpath'),
  tmpfs: names('size mode'),
  configs: names('source target uid gid mode'),
  secrets: names('source target uid gid mode'),
  devices: names('source target permissions'),
  env_file: names('path required format'),
  healthcheck: names('test timeout interval retries start_period start_interval disable'),
  logging: names('driver options'),
  deploy: names('mode replicas labels update_config rollback_config resources restart_policy placement endpoint_mode'),
  resources: names('limits reservations'),
  limits: names('cpus memory pids devices generic_resources'),
  reservations: names('cpus memory pids devices generic_resources'),
  restart_policy: names('condition delay max_attempts window'),
  placement: names('constraints preferences max_replicas_per_node'),
  update_config: names('parallelism delay failure_action monitor max_failure_ratio order'),
  depends_on: [],
  ipam: names('driver config options'),
  watch: names('path action target exec include ignore initial_sync'),
};
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  networks: names('aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority'),
  depends_on: names('condition restart required'),
  ulimits: names('single soft hard'),
};
export const NETWORK = names('name driver driver_opts ipam external internal attachable labels enable_ipv4 enable_ipv6');
export const VOLUME = names('name driver driver_opts external labels');
export const FILE_OBJECT = names('name file environment content external labels driver driver_opts template_driver');
const POOL = names('subnet gateway ip_range aux_addresses');

/** The mapping's fields in this order, what is inside in the order of its own kind; others come last, sorted. */
export function inOrder(mapping: Mapping, order: readonly string[]): Mapping {
  const known = order.filter((name) => Object.hasOwn(mapping, name));
  const rest = Object.keys(sortKeys(mapping)).filter((name) => !order.includes(name));
  return Object.fromEntries([...known, ...rest].map((name) => [name, inside(mapping[name] ?? null, name)]));
}

function inside(value: Value, kind: string): Value {
  const entry = ENTRIES[kind];
  if (isMapping(value) && entry !== undefined) {
    const sorted = sortKeys(value);
    return Object.fromEntries(Object.entries(sorted).map(([key, one]) => [key, isMapping(one) ? inOrder(one, entry) : one]));
  }
  if (isMapping(value)) return inOrder(value, NESTED[kind] ?? []);
  if (isList(value)) return value.map((one) => (isMapping(one) ? inOrder(one, kind === 'config' ? POOL : (NESTED[kind] ?? [])) : one));
  return value;
}
