/**
 * How the worker's code is put into files. What every machine runs before its first prompt comes in one file, what each `docker` command
 * runs in another, and what the first `docker run` needs besides in a third (src/engine/machine/first-code.ts has the same lists): many
 * small files would be packed worse, and asked for one by one. Each module named here brings along what it imports statically; all else
 * has a file for each place that asks for it.
 */
interface Group {
  readonly name: string;
  readonly test: RegExp;
  readonly priority: number;
}

const files = (...names: readonly string[]): RegExp => new RegExp(`/src/(${names.join('|')})\\.ts$`);

/** A module that several of them want goes into the first. */
export const workerFiles: readonly Group[] = [
  { name: 'worker', test: files('lab/worker'), priority: 3 },
  {
    name: 'machine',
    test: files(
      'engine/(kernel/kernel|api/dockerd|userland/systemd/systemd|userland/sh/index)',
      'engine/machine/(boot|programs/sites|world/home/files|world/outside)',
    ),
    priority: 2,
  },
  { name: 'docker', test: files('engine/machine/programs/(docker|resolve)'), priority: 1 },
  { name: 'first-run', test: files('engine/(cli/command/container/run|registry/hub|api/routes/(container-run|pull))'), priority: 0 },
  // What the parts of a page ask when anything happened.
  { name: 'looks', test: files('engine/(api/routes/(looks|images|drydock)|daemon/(containers|images)/list)'), priority: 0 },
  // What a line that is more than words is read and run by, and every script.
  { name: 'script', test: files('engine/userland/sh/(script|interactive/typed)'), priority: 0 },
  // What utilities are made of comes with the words that the shell prints: most sessions begin with an `echo`.
  { name: 'print', test: files('engine/userland/sh/builtins/print'), priority: 0 },
];
