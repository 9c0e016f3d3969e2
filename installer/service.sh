#!/bin/sh
# Makes `fovea watch` or `fovea listen` a service of the user who calls this; systemd starts it with the session.
#
#   installer/service.sh install watch|listen     writes, checks and starts it
#   installer/service.sh remove watch|listen      stops it and takes it away; nothing of the home is touched
#   installer/service.sh write watch|listen DIR   only writes the unit into DIR
#
# FOVEA=... names the program; otherwise it is that of this clone, or the one on the PATH. To have it run while nobody is
# logged in: sudo loginctl enable-linger "$USER"
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user

fail() {
    printf 'fovea: %s\n' "$*" >&2
    exit 1
}

find_fovea() {
    for program in "${FOVEA:-}" "$root/.venv/bin/fovea" "$(command -v fovea || true)"; do
        if [ -n "$program" ] && [ -x "$program" ]; then
            printf '%s\n' "$program"
            return
        fi
    done
    fail "found no program fovea. Run 'make install' first, or name it with FOVEA=..."
}

# write NAME DIR: the unit with the place of the program, quoted as systemd wants it.
write() {
    program=$(find_fovea | sed -e 's/%/%%/g' -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/[&|\\]/\\&/g')
    mkdir -p "$2"
    sed "s|@FOVEA@|\"$program\"|" "$root/installer/systemd/fovea-$1.service" >"$2/fovea-$1.service"
}

action=${1:-}
name=${2:-}
case $name in
    watch | listen) ;;
    *) fail "name the service: watch or listen. See the head of $0." ;;
esac
case $action in
    write) write "$name" "${3:?names no folder to write into}" ;;
    install)
        write "$name" "$units"
        systemd-analyze --user verify "$units/fovea-$name.service"
        systemctl --user daemon-reload
        systemctl --user enable --now "fovea-$name.service"
        systemctl --user --no-pager status "fovea-$name.service"
        ;;
    remove)
        systemctl --user disable --now "fovea-$name.service" || true
        rm -f "$units/fovea-$name.service"
        systemctl --user daemon-reload
        ;;
    *) fail "install, remove or write? See the head of $0." ;;
esac
