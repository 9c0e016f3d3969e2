#!/bin/sh
# Installs Fovea into .venv of this clone, from hash-locked files, and runs the demonstration.
#
#   installer/bootstrap.sh install [run|dev|learn|gpu]   makes .venv and installs; does nothing when nothing changed
#   installer/bootstrap.sh system                        sees to the system libraries that the window needs
#   installer/bootstrap.sh peers                         installs the programs that deep tests run against
#   installer/bootstrap.sh demo                          installs for running, then answers the bundled samples
#
# PYTHON=... chooses the interpreter that .venv is made with. Nothing is fetched once the installation is current.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$root/.venv
packages_file=$root/installer/debian-packages.txt
torch_version=2.13.0

say() { printf '%s\n' "$*"; }

fail() {
    printf 'fovea: %s\n' "$*" >&2
    exit 1
}

# --- the interpreter -------------------------------------------------------------------------------------------------

# supports INTERPRETER NEWEST: it runs and is Python 3.11 to 3.NEWEST.
supports() {
    "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $2))" >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        supports "$PYTHON" 99 || fail "PYTHON=$PYTHON is not Python 3.11 or newer. Name one that is, or leave it out."
        printf '%s\n' "$PYTHON"
        return
    fi
    for name in python3 python3.12 python3.11; do
        if supports "$name" 12; then
            printf '%s\n' "$name"
            return
        fi
    done
    for name in python3 python3.13 python3.14; do
        if supports "$name" 99; then
            printf '%s\n' "$name"
            return
        fi
    done
    fail "found no Python 3.11 or newer. On Debian 12 and Ubuntu 24.04: sudo apt-get install -y python3 python3-venv"
}

make_venv() {
    # A clone that was moved or copied has programs that still start the interpreter of the old place.
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1 && grep -qF "$venv/bin/python" "$venv/bin/pip"; then
        return
    fi
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        # Debian splits these two modules off into a package of their own.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" ||
            fail "$python cannot make a virtual environment. Run: sudo apt-get update && sudo apt-get install -y python$version-venv"
    fi
    say "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear "$venv"
}

# --- system libraries ------------------------------------------------------------------------------------------------

# apt_install PACKAGE...: installs where this user may do so without a password; fails otherwise.
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
    say "Installing system packages: $*"
    # $as_root is empty or two words, and is meant to be split.
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Names of the shared libraries that Qt's widgets and its two platform plug-ins ask for and this system lacks.
missing_qt_libraries() {
    command -v ldd >/dev/null 2>&1 || return 0
    for qt in "$venv"/lib/python3.*/site-packages/PySide6/Qt; do
        ldd "$qt/lib/libQt6Widgets.so.6" "$qt/plugins/platforms/libqxcb.so" "$qt/plugins/platforms/libqoffscreen.so"
    done 2>/dev/null | awk '/not found/ { print $1 }' | sort -u | tr '\n' ' '
}

install_qt_libraries() {
    missing=$(missing_qt_libraries)
    [ -n "$missing" ] || return 0
    packages=$(grep -v -e '^#' -e '^$' "$packages_file" | tr '\n' ' ')
    # $packages is a list.
    # shellcheck disable=SC2086
    if apt_install $packages; then
        missing=$(missing_qt_libraries)
        [ -n "$missing" ] || return 0
    fi
    say "The window needs libraries that this system lacks: $missing"
    if command -v apt-get >/dev/null 2>&1; then
        say "Run this one line:"
        say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
    else
        say "Install the packages of this system that hold them."
    fi
    say ""
}

# What deep tests run against, where this user may install it; without it those tests are skipped and say so.
install_peers() {
    command -v Xvfb >/dev/null 2>&1 || apt_install xvfb ||
        say "Tests on a real display will be skipped. They need: sudo apt-get install -y xvfb"
    command -v dcmdump >/dev/null 2>&1 || apt_install dcmtk ||
        say "Tests against DCMTK will be skipped. They need: sudo apt-get install -y dcmtk"
    if ! command -v Orthanc >/dev/null 2>&1 && [ ! -x /usr/sbin/Orthanc ]; then
        if apt_install orthanc; then
            # Debian starts it as a service of the whole machine; tests start their own.
            $as_root systemctl disable --now --quiet orthanc 2>/dev/null || :
        else
            say "Tests against Orthanc will be skipped. They need: sudo apt-get install -y orthanc"
        fi
    fi
    for peer in dciodvfy:dicom3tools pdftotext:poppler-utils gnome-keyring-daemon:gnome-keyring; do
        command -v "${peer%:*}" >/dev/null 2>&1 || apt_install "${peer#*:}" ||
            say "Tests that need ${peer%:*} will be skipped. They need: sudo apt-get install -y ${peer#*:}"
    done
    command -v faketime >/dev/null 2>&1 || apt_install faketime ||
        say "The test of a clock that is set back will be skipped. It needs: sudo apt-get install -y faketime"
}

# --- Python packages -------------------------------------------------------------------------------------------------

pip_install() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "$@" ||
        fail "the installation stopped (see above). Once its cause is gone, the same command goes on from here."
}

# locks SET: the lock files of a set; dev holds all of run, learn all of dev. gpu stands beside dev and learn.
locks() {
    case $1 in
        run) printf '%s\n' base ;;
        dev) printf '%s\n' dev ;;
        learn) printf '%s\n' dev learn ;;
        gpu) printf '%s\n' base gpu ;;
    esac
}

# sets SET: the sets that are installed with it.
sets() {
    case $1 in
        run) printf '%s\n' run ;;
        dev) printf '%s\n' run dev ;;
        learn) printf '%s\n' run dev learn ;;
        gpu) printf '%s\n' run gpu ;;
    esac
}

# fingerprint SET: everything that an installation of it depends on, as one checksum.
fingerprint() {
    {
        for lock in $(locks "$1"); do cat "$root/locks/$lock.txt"; done
        cat "$root/pyproject.toml" "$0"
        printf '%s\n' "$root"
        "$venv/bin/python" --version
    } | cksum
}

is_installed() {
    [ -f "$venv/.installed-$1" ] && [ "$(cat "$venv/.installed-$1")" = "$(fingerprint "$1")" ]
}

# install SET: run is what Fovea needs, dev also what its tests need, learn also what training needs; gpu is what Fovea
# needs with what an NVIDIA GPU needs.
install() {
    make_venv
    if ! is_installed "$1"; then
        for lock in $(locks "$1"); do
            say "Installing from locks/$lock.txt ..."
            pip_install --require-hashes -r "$root/locks/$lock.txt"
        done
        if [ "$1" = learn ]; then
            say "Installing torch $torch_version ..."
            pip_install "torch==$torch_version" # not by hash, locks/learn.in says why
        fi
        pip_install --no-deps --no-build-isolation --editable "$root"
        for set in $(sets "$1"); do fingerprint "$set" >"$venv/.installed-$set"; done
    fi
    install_qt_libraries
}

# --- the demonstration -----------------------------------------------------------------------------------------------

demo() {
    # A new installation has no compiled kernels of its own: its first run is the cold one.
    if ! is_installed run; then rm -f "$venv/.cold-run-s"; fi
    install run
    if [ ! -f "$venv/.cold-run-s" ]; then
        timed_demo --warm
        printf '%s\n' "$took_s" >"$venv/.cold-run-s"
        timed_demo >/dev/null 2>&1
    else
        timed_demo
    fi
    say ""
    say "In this clone: make window opens the same samples, .venv/bin/fovea is the command."
    say "First run after installing, with the kernels compiled (cold): $(cat "$venv/.cold-run-s") s, limit 90 s."
    say "A run after that (warm): $took_s s, limit 30 s."
}

# timed_demo [--warm]: sets took_s to the seconds it took.
timed_demo() {
    started_s=$(date +%s)
    [ "${1:-}" != --warm ] || "$venv/bin/fovea" doctor --warm
    "$venv/bin/fovea" demo --out "$root/out/demo"
    took_s=$(($(date +%s) - started_s))
}

case ${1:-} in
    demo) demo ;;
    peers) install_peers ;;
    system)
        install run
        [ -n "$(missing_qt_libraries)" ] || say "The window has every system library that it needs."
        ;;
    install)
        case ${2:-run} in
            run | dev | learn | gpu) install "${2:-run}" ;;
            *) fail "'$2' is not run, dev, learn or gpu." ;;
        esac
        ;;
    *) fail "use: installer/bootstrap.sh demo | system | peers | install [run|dev|learn|gpu]" ;;
esac
