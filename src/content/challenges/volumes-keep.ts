import type { Challenge } from '../../components/challenge/types.ts';

export const volumesKeep: Challenge = {
  id: 'volumes-keep',
  lesson: 'volumes',
  title: { en: 'move the data', ko: '데이터 옮기기' },
  task: {
    en: '`db` keeps a table on an anonymous volume. Have a running `db` whose data is on a volume named `keep`, with the same rows.',
    ko: '`db`의 테이블이 이름 없는 볼륨에 있습니다. 같은 행이 `keep` 볼륨에 있는 `db`를 실행 중으로 만드세요.',
  },
  start: 'images',
  images: ['postgres:17-alpine', 'alpine'],
  setup: [
    'docker run -d --name db -e POSTGRES_PASSWORD=pw postgres:17-alpine',
    'sleep 3',
    "docker exec db psql -U postgres -c 'create table t (n int); insert into t values (42)'",
  ],
  goals: [
    {
      id: 'on-keep',
      container: 'db',
      where: { 'Mounts.0.Name': 'keep', 'Mounts.0.Destination': '/var/lib/postgresql/data' },
      text: { en: 'The data folder of `db` is on the volume `keep`', ko: '`db`의 데이터 폴더가 `keep` 볼륨에 있습니다' },
    },
    {
      id: 'rows',
      exec: ['db', 'psql', '-U', 'postgres', '-tAc', 'select n from t'],
      exit: 0,
      prints: '42',
      text: { en: 'The row is in the table', ko: '행이 테이블에 있습니다' },
    },
  ],
  hints: [
    {
      when: { goal: 'rows', reached: 'on-keep', state: 'running' },
      text: {
        en: 'The new database is empty: an empty volume was filled from the image. The old volume is still there; `docker volume ls` shows it.',
        ko: '새 데이터베이스가 비어 있습니다. 빈 볼륨이 이미지의 내용으로 채워졌기 때문입니다. 이전 볼륨은 아직 `docker volume ls`에 있습니다.',
      },
    },
    {
      when: { goal: 'on-keep', state: 'missing' },
      text: {
        en: 'There is no `db`. Its volume is still there, as long as nobody removed it with `-v` or pruned.',
        ko: '`db`가 없습니다. `-v`로 삭제하거나 정리하지 않았다면 볼륨은 남아 있습니다.',
      },
    },
    {
      when: { goal: 'on-keep' },
      text: {
        en: 'A helper container can mount both: the old place with `--volumes-from db`, the new one with `-v keep:/new`.',
        ko: '도우미 컨테이너 하나가 둘 다 마운트할 수 있습니다. 이전 자리는 `--volumes-from db`, 새 자리는 `-v keep:/new`입니다.',
      },
    },
    {
      when: { goal: 'rows' },
      text: { en: 'Does `db` run, and has it finished starting?', ko: '`db`가 실행 중이고 시작을 마쳤는지 확인하세요.' },
    },
  ],
  solution: [
    'docker stop db',
    'docker run --rm --volumes-from db -v keep:/new alpine cp -a /var/lib/postgresql/data/. /new',
    'docker rm db',
    'docker run -d --name db -v keep:/var/lib/postgresql/data -e POSTGRES_PASSWORD=pw postgres:17-alpine',
    'sleep 3',
  ],
  wrong: [
    'docker rm -f db',
    'docker run -d --name db -v keep:/var/lib/postgresql/data -e POSTGRES_PASSWORD=pw postgres:17-alpine',
    'sleep 3',
  ],
};
