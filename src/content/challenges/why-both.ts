import type { Challenge } from '../../components/challenge/types.ts';

export const whyBoth: Challenge = {
  id: 'why-both',
  lesson: 'why',
  title: { en: 'two versions side by side', ko: '두 버전을 나란히' },
  task: {
    en: 'A program `tickets` needs Python 3.9, a program `timetable` needs Python 3.13. Show that one machine runs both: let a container of `python:3.9-slim` and one of `python:3.13-slim` do something of your choice, and leave them there when they have ended.',
    ko: '`tickets` 프로그램은 Python 3.9가, `timetable` 프로그램은 Python 3.13이 필요합니다. 한 컴퓨터에서 둘 다 실행된다는 것을 보여 주세요. `python:3.9-slim`과 `python:3.13-slim` 이미지로 컨테이너를 하나씩 실행해 아무 일이나 시키고, 끝난 컨테이너는 그대로 두세요.',
  },
  start: 'empty',
  images: [],
  setup: [],
  goals: [
    {
      id: 'old',
      list: 'containers',
      filters: { ancestor: ['python:3.9-slim'], status: ['exited'], exited: ['0'] },
      atLeast: 1,
      text: { en: 'A container of `python:3.9-slim` has ended with 0', ko: '`python:3.9-slim` 컨테이너가 0으로 끝났습니다' },
    },
    {
      id: 'new',
      list: 'containers',
      filters: { ancestor: ['python:3.13-slim'], status: ['exited'], exited: ['0'] },
      atLeast: 1,
      text: { en: 'A container of `python:3.13-slim` has ended with 0', ko: '`python:3.13-slim` 컨테이너가 0으로 끝났습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'old', reached: 'new' },
      text: {
        en: 'One is there. The other needs another tag: what stands after the colon decides which Python is in the box.',
        ko: '하나는 있습니다. 다른 하나는 태그가 달라야 합니다. 콜론 뒤에 적은 것이 상자에 어떤 Python이 들었는지를 정합니다.',
      },
    },
    {
      when: { goal: 'new', reached: 'old' },
      text: {
        en: 'The old one is there. The new one needs another tag: what stands after the colon decides which Python is in the box.',
        ko: '이전 버전은 있습니다. 새 버전은 태그가 달라야 합니다. 콜론 뒤에 적은 것이 상자에 어떤 Python이 들었는지를 정합니다.',
      },
    },
    {
      when: { goal: 'old' },
      text: {
        en: 'No container of the two has ended well yet. For example `docker run python:3.9-slim python --version`, without `--rm`, which would remove it at its end.',
        ko: '둘 다 문제없이 끝난 컨테이너가 아직 없습니다. 예를 들어 `docker run python:3.9-slim python --version`을 실행하세요. `--rm`을 붙이면 끝나자마자 삭제되므로 빼야 합니다.',
      },
    },
  ],
  solution: ['docker run --name tickets python:3.9-slim python --version', 'docker run --name timetable python:3.13-slim python --version'],
  wrong: ['docker run --name tickets python:3.13-slim python --version', 'docker run --name timetable python:3.13-slim python --version'],
};
