import { expect, it } from 'vitest';
import { typed } from '../../../../src/engine/cli/formatter/typed.ts';
import { template } from '../../../../src/engine/cli/template/index.ts';

const container = typed(
  {
    State: { Pid: 7 },
    HostConfig: { Memory: 5, PortBindings: { '80/tcp': [] } },
    Config: { Labels: { a: 'b' } },
    NetworkSettings: { Networks: { bridge: { MacAddress: '02:42:ac:11:00:02' }, other: { MacAddress: '' } } },
  },
  'container',
);
const shown = (source: string): string => template(source).run(container);

it('numbers and maps have the types that Go gives them', () => {
  expect(shown('{{printf "%T %T" .State.Pid .HostConfig.Memory}}')).toBe('int int64');
  expect(shown('{{printf "%d %s" .HostConfig.Memory .HostConfig.Memory}}')).toBe('5 %!s(int64=5)');
  expect(shown('{{printf "%T %T" .Config.Labels .HostConfig.PortBindings}}')).toBe(
    'map[string]string map[network.Port][]network.PortBinding',
  );
});

it('a hardware address is bytes that print as they are written', () => {
  expect(
    shown('{{with .NetworkSettings.Networks.bridge.MacAddress}}{{.}} {{len .}} {{index . 1}} {{json .}} {{printf "%T" .}}{{end}}'),
  ).toBe('02:42:ac:11:00:02 6 66 "02:42:ac:11:00:02" network.HardwareAddr');
  expect(shown('{{.NetworkSettings.Networks.other.MacAddress | len}}{{.NetworkSettings.Networks.other.MacAddress}}')).toBe('0');
});

it('pointers know what they would point to, and text may have a type of its own', () => {
  expect(shown('{{printf "%T %T %T" .State .State.Health .HostConfig.PidsLimit}}')).toBe('*container.State *container.Health *int64');
  expect(shown('{{.State.Health}} {{json .State.Health}} {{if .State.Health}}yes{{else}}no{{end}}')).toBe('<nil> null no');
  expect(shown('{{printf "%T %q" .State.Status .State.Status}} {{eq .State.Status ""}} {{len .State.Status}}')).toBe(
    'container.ContainerState "" true 0',
  );
  expect(shown('{{range .NetworkSettings.Networks}}{{printf "%T %s;" .IPAddress .IPAddress}}{{end}}')).toBe(
    'netip.Addr invalid IP;netip.Addr invalid IP;',
  );
  expect(() => shown('{{upper .State.Status}}')).toThrow('wrong type for value; expected string; got container.ContainerState');
  expect(() => shown('{{.State.Health.Status}}')).toThrow('nil pointer evaluating *container.Health.Status');
});

it('structs print their fields in the order of Go, and those that are embedded as structs of their own', () => {
  const image = typed({ Config: { Cmd: ['sh'], Env: ['A=1'] } }, 'image');
  expect(template('{{.Config}} {{.Config.Cmd}}').run(image)).toBe('{{ map[] [A=1] [] [sh] map[]  map[]  false} {<nil> [] []}} [sh]');
  const network = typed({ IPAM: { Driver: 'default', Config: [{ Subnet: '10.0.0.0/8', Gateway: '10.0.0.1' }] } }, 'network');
  expect(template('{{.IPAM}}').run(network)).toBe('{default map[] [{10.0.0.0/8 invalid Prefix 10.0.0.1 map[]}]}');
});
