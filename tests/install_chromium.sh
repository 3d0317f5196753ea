#!/usr/bin/env bash
# Installs Debian's Chromium for the browser tests where that can be done; where it cannot, those
# tests skip and say so.
set -u
if command -v chromium >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) \
        >/dev/null 2>&1 || echo "Chromium could not be installed; the browser tests will be skipped."
else
    echo "Chromium is not installed (on Debian: sudo apt-get install chromium); the browser tests will be skipped."
fi
exit 0
