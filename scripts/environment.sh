# shellcheck shell=bash
# Sourced by scripts/run and scripts/test: names the checkout (ROOT) and its virtual environment (VENV),
# and makes the latter.

ROOT="$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")"
VENV="$(realpath -m "${SHOUWANG_VENV:-$ROOT/.venv}")"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

install_debian() {
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        fail "Debian packages are missing, and installing them needs root and apt. Please have them installed: $*"
    fi
    say "Installing $* with apt."
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >&2
    apt-get -qq install --yes --no-install-recommends "$@" >/dev/null
}

can_make_venv() {
    python3 -c 'import ensurepip, venv' 2>/dev/null
}

make_venv() {
    if [[ -e $VENV && ! -e $VENV/pyvenv.cfg && $VENV != "$ROOT/.venv" ]]; then
        fail "$VENV is no virtual environment and is left alone. Please let SHOUWANG_VENV name another folder."
    fi
    can_make_venv || install_debian python3-venv
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed as python3."
    say "Making a virtual environment."
    python3 -m venv --clear "$VENV"
}

pip_install() {
    "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check "$@" >&2 ||
        fail "pip could not install what is needed; its own words are above."
}

fingerprint() {
    { printf '%s\n' "$ROOT" "$VENV" && cat "$ROOT"/requirements*.txt; } | sha256sum
}

is_whole() {
    [[ -e $VENV/fingerprint && $(<"$VENV/fingerprint") == "$(fingerprint)" ]] &&
        "$VENV/bin/python" -c 'import pip' 2>/dev/null
}

install_locked() {
    say "Installing $1."
    # Without a fingerprint the environment counts as broken: an interrupted installation is started afresh.
    rm -f "$VENV/fingerprint"
    pip_install --require-hashes --only-binary :all: --requirement "$ROOT/$1"
    touch "$VENV/has-$1"
    fingerprint >"$VENV/fingerprint"
}

install_project() {
    say "Installing the project itself."
    pip_install --no-deps --no-build-isolation --editable "$ROOT"
    cp "$ROOT/pyproject.toml" "$VENV/installed-pyproject.toml"
}

wait_for_turn() {
    flock --nonblock 9 && return
    say "Waiting for another installation into the same environment."
    flock 9
}

# prepare_environment requirements-file
prepare_environment() {
    mkdir -p "$(dirname "$VENV")"
    {
        wait_for_turn
        is_whole || make_venv
        [[ -e $VENV/has-$1 ]] || install_locked "$1"
        cmp --silent "$ROOT/pyproject.toml" "$VENV/installed-pyproject.toml" || install_project
    } 9>"$VENV.lock"
}
