/** Builds that need nothing but busybox, with what is asked of each once it is there. What a real Engine answered lies beside them. */
export interface RecordedCase {
  /** The directory of the context, the image, and the file of the recording. */
  readonly name: string;
  /** Of `docker build`. */
  readonly flags?: string;
  readonly runs: readonly string[];
}

const run = (name: string, rest = ''): string => `docker run --rm ${name}${rest === '' ? '' : ` ${rest}`}`;

export const RECORDED_CASES: readonly RecordedCase[] = [
  { name: 'add-archives', runs: [run('add-archives')] },
  { name: 'backtick-escape', runs: [run('backtick-escape')] },
  {
    name: 'busybox-httpd',
    runs: [
      'docker run -d --name site busybox-httpd > /dev/null; sleep 1; docker exec site wget -q -O - http://127.0.0.1:8080/berths.html; docker exec site id -un; docker rm -f site',
    ],
  },
  { name: 'copy-options', runs: [run('copy-options'), run('copy-options', 'tool')] },
  {
    name: 'cron-jobs',
    runs: [run('cron-jobs', 'stat -c "%a %n" /var/spool/cron/crontabs/root /usr/local/bin/rotate'), run('cron-jobs', 'backup /srv')],
  },
  {
    name: 'entrypoint-script',
    runs: [
      run('entrypoint-script'),
      run('-e APP_PORT=1 entrypoint-script'),
      run('entrypoint-script', '-v --x'),
      run('entrypoint-script', 'echo hi'),
    ],
  },
  { name: 'env-heavy', flags: '--build-arg MINOR=9', runs: [run('env-heavy')] },
  { name: 'heredoc-scripts', flags: '--build-arg NAME=harbour', runs: [run('heredoc-scripts')] },
  { name: 'ignore-corners', runs: [run('ignore-corners')] },
  { name: 'links-and-modes', runs: [run('links-and-modes')] },
  { name: 'metadata', flags: '--build-arg PORT=7001 --label added=late', runs: [run('metadata')] },
  { name: 'onbuild-chain', flags: '--build-arg FLAVOUR=salt', runs: [run('onbuild-chain')] },
  { name: 'platform-args', runs: [run('platform-args')] },
  { name: 'secrets-and-mounts', flags: '--secret id=token,src=secrets-and-mounts/token.txt', runs: [run('secrets-and-mounts')] },
  { name: 'shells', runs: [run('shells')] },
  { name: 'stage-graph', flags: '--target release', runs: [run('stage-graph')] },
  { name: 'static-binary', flags: '--build-arg VERSION=1.4.0', runs: [run('static-binary'), run('static-binary', '-v')] },
  { name: 'user-accounts', runs: [run('user-accounts'), run('-u deck user-accounts', 'id')] },
  { name: 'volumes', runs: [run('volumes')] },
  { name: 'workdir-paths', runs: [run('workdir-paths')] },
];
