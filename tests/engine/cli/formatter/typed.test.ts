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
