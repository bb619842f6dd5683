import type { Challenge } from '../../components/challenge/types.ts';

export const limitsGreedy: Challenge = {
  id: 'limits-greedy',
  lesson: 'limits',
  title: { en: 'tame it without a stop', ko: '멈추지 않고 길들이기' },
  task: {
    en: '`greedy` takes a whole processor, and nothing limits its memory. It must not be stopped. Give it at most half a CPU and at most 128 MiB of memory.',
    ko: '`greedy`가 CPU 하나를 모두 쓰고, 메모리에는 아무 제한이 없습니다. 중지해서는 안 됩니다. CPU는 반 개까지, 메모리는 128 MiB까지만 쓰게 하세요.',
  },
  start: 'images',
  images: ['alpine'],
  setup: ["docker run -d --name greedy alpine sh -c 'while :; do :; done'"],
  goals: [
    {
      id: 'running',
      container: 'greedy',
      where: { 'State.Status': 'running' },
      text: { en: 'The container `greedy` is `running`', ko: '`greedy` 컨테이너의 상태가 `running`입니다' },
    },
    { id: 'same-one', container: 'greedy', unchanged: 'Id', text: { en: 'It is the same container', ko: '처음의 그 컨테이너입니다' } },
    {
      id: 'cpu',
      exec: ['greedy', 'sh', '-c', 'set -- $(cat /sys/fs/cgroup/cpu.max); [ $(( $1 * 2 )) -gt 0 ] && [ $(( $1 * 2 )) -le $2 ]'],
      exit: 0,
      text: { en: 'It may use half a CPU at most', ko: 'CPU를 반 개까지만 쓸 수 있습니다' },
    },
    {
      id: 'memory',
      exec: ['greedy', 'sh', '-c', '[ "$(cat /sys/fs/cgroup/memory.max)" -le 134217728 ]'],
      exit: 0,
      text: { en: 'It may use 128 MiB of memory at most', ko: '메모리를 128 MiB까지만 쓸 수 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'same-one', state: 'missing' },
      text: {
        en: 'There is no `greedy` any more, and its work is lost. Start again.',
        ko: '`greedy`가 없고, 하던 일도 사라졌습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'same-one' },
      text: {
        en: 'This is a new container. The limits of one that runs can be changed live: `docker update`. Start again.',
        ko: '새 컨테이너입니다. 실행 중인 컨테이너의 제한도 `docker update`로 바꿀 수 있습니다. 다시 시작하세요.',
      },
    },
    {
      when: { goal: 'running' },
      text: {
        en: '`greedy` does not run. It uses nothing now, but it was to go on working, only with less. Start it; limits can be changed meanwhile.',
        ko: '`greedy`가 실행 중이 아닙니다. 지금은 아무것도 쓰지 않지만, 덜 쓰면서 계속 일해야 합니다. 다시 시작하세요. 제한은 실행 중에도 바꿀 수 있습니다.',
      },
    },
    {
      when: { goal: 'memory', reached: 'cpu' },
      text: {
        en: 'The CPU is limited, the memory is not yet. If `-m` alone is refused, give `--memory-swap` as well.',
        ko: 'CPU는 제한됐고 메모리는 아직입니다. `-m`만으로 거절되면 `--memory-swap`도 함께 주세요.',
      },
    },
    {
      when: { goal: 'cpu', reached: 'memory' },
      text: {
        en: 'The memory is limited, the CPU is not yet: `docker stats --no-stream greedy`.',
        ko: '메모리는 제한됐고 CPU는 아직입니다. `docker stats --no-stream greedy`로 보세요.',
      },
    },
    {
      when: { goal: 'cpu' },
      text: {
        en: 'Nothing is limited yet. One command changes the limits of a container that runs.',
        ko: '아직 아무 제한이 없습니다. 실행 중인 컨테이너의 제한을 바꾸는 명령이 하나 있습니다.',
      },
    },
  ],
  solution: ['docker update --cpus 0.5 -m 128m --memory-swap 128m greedy'],
  wrong: ['docker stop -t 1 greedy'],
};
