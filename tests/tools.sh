#!/bin/sh
# What the long tests drive beside Python: a browser, an office suite, Pango, Java, a reader of PDFs.
# Looks what is missing and installs it with apt-get where that asks nobody (root, or sudo without a
# password); says otherwise how to get it. Quick, and free of the network, when all is there. What is
# missing then skips its tests; where CI=true it is an error.
set -u
PATH="$PATH:/usr/sbin:/sbin"

any() { for program in "$@"; do command -v "$program" >/dev/null 2>&1 && return 0; done; return 1; }
library() { # known to the loader, or among Homebrew's
    ldconfig -p 2>/dev/null | grep -q "$1" || { any brew && ls "$(brew --prefix)/lib/$1"* >/dev/null 2>&1; }
}
font() { any fc-list && fc-list : family | grep -qi "$1"; }

packages() { # the Debian packages of what is missing
    any chromium chromium-browser google-chrome-stable google-chrome || echo chromium
    any soffice libreoffice || echo libreoffice-calc
    library libpango-1.0 || echo libpango-1.0-0
    library libpangoft2-1.0 || echo libpangoft2-1.0-0
    library libharfbuzz-subset || echo libharfbuzz-subset0
    ! any ldconfig || library libatomic || echo libatomic1 # the driver of the browser is linked to it
    any java || echo default-jre-headless
    any pdftotext || echo poppler-utils
    any fc-list || echo fontconfig
    font "DejaVu Sans" || echo fonts-dejavu-core
    font "Liberation Sans" || echo fonts-liberation # as wide as Arial, which pages ask for
}

missing=$(packages | tr '\n' ' ')
[ -z "$missing" ] && exit 0

root=""
[ "$(id -u)" = 0 ] || root="sudo -n"
if any apt-get && $root true 2>/dev/null; then
    echo "Installing what the long tests drive: $missing"
    log=$(mktemp)
    { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing; } </dev/null >"$log" 2>&1 || tail -n 5 "$log" >&2
    rm -f "$log"
    missing=$(packages | tr '\n' ' ')
    [ -z "$missing" ] && exit 0
fi

echo "Missing for the long tests: $missing" >&2
if any apt-get; then
    echo "    sudo apt-get install --no-install-recommends $missing" >&2
elif any brew; then
    echo "    brew install pango openjdk poppler; brew install --cask chromium libreoffice font-dejavu" >&2
else
    echo "    these are Debian's names of the packages; install them as this machine does" >&2
fi
[ "${CI:-}" = true ] && exit 1
echo "The tests that need them are skipped." >&2
