/** What `<Processes>` says of namespaces, meters and signals. */
import type { NamespaceRow, Sender } from './inside.ts';
import type { ContainerView } from './view-model.ts';

const standing = (views: readonly ContainerView[]): string => views.map(({ name, state }) => `${name}: ${state}`).join(', ');

const en = {
  fails: 'fails',
  board: (views: readonly ContainerView[]) => `The states of containers and the ways between them. ${standing(views)}`,
  legal: (name: string) => `What can be done with ${name} now`,
  nowLegal: (actions: readonly string[]) => ` Possible now: ${actions.join(', ')}.`,
  inside: 'inside',
  onHost: 'on the host',
  starters: 'Who started it, on the host',
  namespaces: 'Namespaces',
  use: 'Use against limits',
  own: 'its own',
  withHost: 'the host’s',
  with: (names: string) => `shared with ${names}`,
  fromInside: 'from inside',
  fromHost: 'from the host',
  fate: (signal: string, from: Sender, what: 'heard' | 'bounces' | 'kills') =>
    ({
      heard: `${signal} ${from === 'host' ? 'from the host' : 'from inside'}: PID 1 has a handler for it, and hears it.`,
      bounces: `${signal} ${from === 'host' ? 'from the host' : 'from inside'} bounces: PID 1 has no handler for it, and no default action.`,
      kills: `${signal} from the host lands: the kernel ends PID 1, and with it all in its namespace.`,
    })[what],
  nsTold: (name: string, { kind, inode, sharing }: NamespaceRow) =>
    `${name}: ${kind} ${inode}, ${sharing === 'own' ? 'its own' : sharing === 'host' ? 'the host’s' : `shared with ${sharing.join(', ')}`}.`,
  meterTold: (name: string, meter: string, text: string) => `${name}: ${meter} ${text}.`,
};
type Words = typeof en;

const ko: Words = {
  fails: '실패',
  board: (views) => `컨테이너의 상태와 그 사이의 길. ${standing(views)}`,
  legal: (name) => `${name} 컨테이너에 지금 할 수 있는 일`,
  nowLegal: (actions) => ` 지금 할 수 있는 일: ${actions.join(', ')}.`,
  inside: '안',
  onHost: '호스트',
  starters: '호스트에서 시작한 프로세스',
  namespaces: '네임스페이스',
  use: '사용량과 제한',
  own: '자기 것',
  withHost: '호스트의 것',
  with: (names) => `${names} 컨테이너와 함께 씀`,
  fromInside: '안에서',
  fromHost: '호스트에서',
  fate: (signal, from, what) =>
    ({
      heard: `${from === 'host' ? '호스트에서' : '안에서'} 보낸 ${signal}: PID 1에 처리기가 있어 받습니다.`,
      bounces: `${from === 'host' ? '호스트에서' : '안에서'} 보낸 ${signal}: 처리기도 기본 동작도 없어 PID 1에 닿지 않습니다.`,
      kills: `호스트에서 보낸 ${signal}: 커널이 PID 1을 끝내고, 그 네임스페이스의 모든 프로세스가 함께 끝납니다.`,
    })[what],
  nsTold: (name, { kind, inode, sharing }) =>
    `${name}: ${kind} ${inode}, ${sharing === 'own' ? '자기 것' : sharing === 'host' ? '호스트의 것' : `${sharing.join(', ')} 컨테이너와 함께 씀`}.`,
  meterTold: (name, meter, text) => `${name}: ${meter} ${text}.`,
};
export const processesWords = { en, ko };
