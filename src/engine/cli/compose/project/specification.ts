/** The Compose specification's schema as data: which fields there are, and of which types. Source: github.com/compose-spec. */
import type { Schema } from './schema.ts';

const type = (...types: string[]): Schema => ({ types });
const list = (items: Schema): Schema => ({ types: ['array'], items });
const fields = (of: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  types: ['object'],
  fields: of,
  required,
});
const oneOf = (...schemas: Schema[]): Schema => ({ oneOf: schemas });
const oneWord = (...values: string[]): Schema => ({ types: ['string'], values });
const NAMES = /^[a-zA-Z0-9._-]+$/;
const named = (rest: Schema, types: readonly string[] = ['object']): Schema => ({ types, rest, names: NAMES });
const anyKey = (rest: Schema): Schema => ({ types: ['object'], rest });
const all = (names: string, schema: Schema): Record<string, Schema> => Object.fromEntries(names.split(' ').map((name) => [name, schema]));

const string = type('string');
const boolean = type('boolean', 'string');
const integer = type('integer', 'string');
const number = type('number', 'string');
const strings = list(string);
const stringOrList = oneOf(string, strings);
const pairs = oneOf(anyKey(type('string', 'number', 'boolean', 'null')), strings);
const command = oneOf(type('null'), string, strings);
const options = anyKey(type('string', 'number', 'null'));
const ulimits = anyKey(oneOf(integer, fields({ hard: integer, soft: integer }, ['soft', 'hard'])));
const hosts = oneOf(anyKey(oneOf(string, strings)), strings);
const grants = list(oneOf(string, fields({ ...all('source target uid gid', string), mode: number })));
const hook = fields({ command, user: string, privileged: boolean, working_dir: string, environment: pairs }, ['command']);
const early = fields({
  command,
  image: string,
  user: string,
  privileged: boolean,
  working_dir: string,
  environment: pairs,
  per_replica: boolean,
});
const blkioLimits = list(fields({ path: string, rate: integer }));

const build = oneOf(
  string,
  fields({
    ...all('context dockerfile dockerfile_inline network target isolation', string),
    ...all('entitlements cache_from cache_to tags platforms', strings),
    ...all('args ssh labels additional_contexts', pairs),
    ...all('no_cache pull privileged provenance sbom', boolean),
    no_cache_filter: stringOrList,
    shm_size: integer,
    extra_hosts: hosts,
    secrets: grants,
    ulimits,
  }),
);

const updates = fields({
  ...all('delay failure_action monitor', string),
  parallelism: integer,
  max_failure_ratio: number,
  order: oneWord('start-first', 'stop-first'),
});
const device = { capabilities: strings, count: integer, device_ids: strings, driver: string, options: pairs };
const deploy = fields({
  ...all('mode endpoint_mode', string),
  replicas: integer,
  labels: pairs,
  rollback_config: updates,
  update_config: updates,
  resources: fields({
    limits: fields({ cpus: number, memory: string, pids: integer }),
    reservations: fields({
      cpus: number,
      memory: string,
      generic_resources: list(fields({ discrete_resource_spec: fields({ kind: string, value: number }) })),
      devices: list(fields(device, ['capabilities'])),
    }),
  }),
  restart_policy: fields({ condition: string, delay: string, max_attempts: integer, window: string }),
  placement: fields({ constraints: strings, preferences: list(fields({ spread: string })), max_replicas_per_node: integer }),
});

const dependsOn = oneOf(
  strings,
  named(
    fields(
      {
        restart: boolean,
        required: type('boolean'),
        condition: oneWord('service_started', 'service_healthy', 'service_completed_successfully'),
      },
      ['condition'],
    ),
  ),
);

const endpoint = oneOf(
  {
    ...fields({
      ...all('aliases link_local_ips', strings),
      ...all('interface_name ipv4_address ipv6_address mac_address', string),
      ...all('priority gw_priority', type('number')),
      driver_opts: options,
    }),
  },
  type('null'),
);

const volume = oneOf(
  string,
  fields(
    {
      type: oneWord('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
      ...all('source target consistency', string),
      read_only: boolean,
      bind: fields({
        propagation: string,
        create_host_path: boolean,
        recursive: oneWord('enabled', 'disabled', 'writable', 'readonly'),
        selinux: oneWord('z', 'Z'),
      }),
      volume: fields({ labels: pairs, nocopy: boolean, subpath: string }),
      tmpfs: fields({ size: integer, mode: number }),
      image: fields({ subpath: string }),
    },
    ['type'],
  ),
);

const develop = {
  ...fields({
    watch: list(
      fields(
        {
          ...all('path target', string),
          ...all('ignore include', stringOrList),
          action: oneWord('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
          exec: hook,
          initial_sync: boolean,
        },
        ['path', 'action'],
      ),
    ),
  }),
  types: ['object', 'null'],
};

const port = oneOf(
  type('number'),
  string,
  fields({ ...all('name mode host_ip protocol app_protocol', string), target: integer, published: integer }),
);

const service = fields({
  ...all(
    'cgroup_parent cpuset domainname hostname image ipc isolation mac_address network_mode platform ' +
      'pull_refresh_after restart runtime stop_grace_period stop_signal user uts userns_mode working_dir',
    string,
  ),
  ...all('attach init oom_kill_disable privileged read_only stdin_open tty use_api_socket', boolean),
  ...all('cap_add cap_drop device_cgroup_rules dns_opt external_links links profiles security_opt volumes_from', strings),
  ...all('cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus mem_limit memswap_limit pids_limit shm_size', number),
  ...all('cpu_count cpu_percent mem_reservation mem_swappiness oom_score_adj scale', integer),
  ...all('annotations environment labels sysctls', pairs),
  ...all('command entrypoint', command),
  ...all('configs secrets', grants),
  ...all('dns dns_search tmpfs label_file', stringOrList),
  ...all('expose group_add', list(type('string', 'number'))),
  ...all('post_start pre_stop', list(hook)),
  pre_start: list(early),
  container_name: { types: ['string'], pattern: '[a-zA-Z0-9][a-zA-Z0-9_.-]+' },
  pull_policy: {
    types: ['string'],
    pattern: 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+',
  },
  build,
  deploy,
  ulimits,
  cgroup: oneWord('host', 'private'),
  pid: type('string', 'null'),
  depends_on: dependsOn,
  develop,
  blkio_config: fields({
    ...all('device_read_bps device_read_iops device_write_bps device_write_iops', blkioLimits),
    weight: integer,
    weight_device: list(fields({ path: string, weight: integer })),
  }),
  credential_spec: fields(all('config file registry', string)),
  devices: list(oneOf(string, fields(all('source target permissions', string), ['source']))),
  env_file: oneOf(string, list(oneOf(string, fields({ path: string, format: string, required: boolean }, ['path'])))),
  extends: oneOf(string, fields({ service: string, file: string }, ['service'])),
  extra_hosts: hosts,
  gpus: oneOf(oneWord('all'), list({ types: ['object'] })),
  healthcheck: fields({
    ...all('interval timeout start_period start_interval', string),
    disable: boolean,
    retries: number,
    test: stringOrList,
  }),
  logging: fields({ driver: string, options }),
  models: oneOf(strings, named({ types: ['object', 'null'] })),
  networks: oneOf(strings, named(endpoint)),
  ports: list(port),
  provider: fields({ type: string, options: { types: ['object'] } }, ['type']),
  storage_opt: { types: ['object'] },
  volumes: list(volume),
});

const external = type('boolean', 'string', 'object');
const resource = { name: string, external, labels: pairs };
const network = {
  ...fields({
    ...resource,
    driver: string,
    driver_opts: anyKey(type('string', 'number')),
    ipam: fields({
      driver: string,
      config: list(fields({ ...all('subnet ip_range gateway', string), aux_addresses: anyKey(string) })),
      options: anyKey(string),
    }),
    ...all('internal enable_ipv4 enable_ipv6 attachable', boolean),
  }),
  types: ['object', 'null'],
};
const namedVolume = {
  ...fields({ ...resource, driver: string, driver_opts: anyKey(type('string', 'number')) }),
  types: ['object', 'null'],
};

export const SPECIFICATION: Schema = fields({
  ...all('version name', string),
  include: list(oneOf(string, fields({ path: stringOrList, env_file: stringOrList, project_directory: string }))),
  services: named(service),
  models: named({ types: ['object'] }),
  networks: named(network),
  volumes: named(namedVolume),
  secrets: named(fields({ ...resource, ...all('environment file driver template_driver', string), driver_opts: options })),
  configs: named(fields({ ...resource, ...all('content environment file template_driver', string) })),
});
