#!/usr/bin/env bash
# Opt-in: mailfleet beside sslyze on the same real servers. Prints endpoint by endpoint what each says,
# where it differs from what is true, the connections and the processor time. Run tests/run before, which
# installs the servers, and this as root, who alone can start them. sslyze comes from PyPI.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly place=target/real/peer
readonly sslyze=sslyze==6.3.1

[ "$(id -u)" = 0 ] || { echo "tests/real/peer.sh: run as root: Postfix and Exim can be started by root alone" >&2; exit 1; }
if [ "$(cat "$place/installed" 2>/dev/null)" != "$sslyze" ]; then
    echo "== $sslyze into $place"
    rm -rf "$place"
    /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --target "$place" "$sslyze"
    echo "$sslyze" >"$place/installed"
fi
program=$(tests/build it)
exec "$program" --quiet ::peer_ --include-ignored --nocapture
