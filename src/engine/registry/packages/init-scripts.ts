/** What starts servers in Debian and Ubuntu without systemd: `service`, the functions of LSB, and a script for each server. */

/** `service NAME ACTION`, in place of the original's. */
export const SERVICE = `#!/bin/sh
usage='Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]'
case "$1" in
  '')
    echo "$usage" >&2
    exit 1
    ;;
  -h | --h* | --help)
    echo "$usage"
    exit 0
    ;;
  --status-all)
    for script in /etc/init.d/*; do
      [ -x "$script" ] || continue
      mark=-
      if "$script" status >/dev/null 2>&1; then mark=+; fi
      echo " [ $mark ]  \${script##*/}"
    done
    exit 0
    ;;
esac
name=$1
shift
script=/etc/init.d/$name
if [ ! -x "$script" ]; then
  echo "$name: unrecognized service" >&2
  exit 1
fi
cd /
if [ "$1" = --full-restart ]; then
  "$script" stop
  set -- start
fi
exec env -i LANG="$LANG" PATH="$PATH" TERM="$TERM" "$script" "$@"
`;

/** How the distributions say that something begins and ends. */
export const INIT_FUNCTIONS = {
  debian: `log_daemon_msg() { printf '%s: %s' "$1" "$2"; }
log_end_msg() {
  if [ "$1" -eq 0 ]; then echo .; else echo ' failed!'; fi
  return "$1"
}
log_told() { if [ "$3" -eq 0 ]; then echo "$1 is running."; else echo "$1 is not running ... failed!"; fi; }
`,
  ubuntu: `log_daemon_msg() { echo " * $1 $2"; }
log_end_msg() {
  if [ "$1" -eq 0 ]; then echo '   ...done.'; else echo '   ...fail!'; fi
  return "$1"
}
log_told() { if [ "$3" -eq 0 ]; then echo " * $1 is running"; else echo " * $1 is not running"; fi; }
`,
  /** Of both: whether the process of a file with its number is there. */
  common: `pidofproc() { [ -s "$1" ] && kill -0 "$(cat "$1" 2>/dev/null)" 2>/dev/null && cat "$1" 2>/dev/null; }
status_of_proc() {
  pidofproc "$1" >/dev/null
  found=$?
  log_told "$2" "$1" "$found"
  [ "$found" -eq 0 ] || return 3
}
wait_for_end() {
  tries=50
  while pidofproc "$1" >/dev/null && [ "$tries" -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
  ! pidofproc "$1" >/dev/null
}
`,
} as const;

interface Served {
  readonly name: string;
  readonly pidFile: string;
  readonly start: string;
  /** What makes it read its configuration anew, if it does. */
  readonly reload?: string;
}

/** The script in /etc/init.d of a server that goes into the background by itself. */
export const initScript = ({ name, pidFile, start, reload }: Served): string => `#!/bin/sh
pid=${pidFile}
. /lib/lsb/init-functions

begin() {
  pidofproc "$pid" >/dev/null && return 0
  ${start}
}
end() {
  running=$(pidofproc "$pid") || return 0
  kill -TERM "$running"
  wait_for_end "$pid"
}

case "$1" in
  start)
    log_daemon_msg 'Starting ${name}' ${name}
    begin
    log_end_msg $?
    ;;
  stop)
    log_daemon_msg 'Stopping ${name}' ${name}
    end
    log_end_msg $?
    ;;
  restart)
    log_daemon_msg 'Restarting ${name}' ${name}
    end && begin
    log_end_msg $?
    ;;
${
  reload === undefined
    ? ''
    : `  reload | force-reload)
    log_daemon_msg 'Reloading ${name} configuration' ${name}
    ${reload}
    log_end_msg $?
    ;;
`
}  status)
    status_of_proc "$pid" ${name}
    exit $?
    ;;
  *)
    echo "Usage: ${name} {start|stop|restart${reload === undefined ? '' : '|reload|force-reload'}|status}" >&2
    exit 3
    ;;
esac
`;
