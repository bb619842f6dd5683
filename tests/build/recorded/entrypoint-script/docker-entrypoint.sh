#!/bin/sh
set -eu
render() { sed -e "s/{{host}}/$APP_HOST/" -e "s/{{port}}/$APP_PORT/" /etc/app/template.conf; }
case "${1:-}" in
  serve) render; exit 0 ;;
  -*) set -- serve "$@"; echo "flags: $*"; exit 3 ;;
esac
exec "$@"
