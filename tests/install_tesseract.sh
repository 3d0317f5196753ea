#!/usr/bin/env bash
# Installs Debian's tesseract for the tests of text recognition where that can be done; where it
# cannot, those tests skip and say so.
set -u
if command -v tesseract >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing tesseract for the tests of text recognition …"
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng) \
        >/dev/null 2>&1 || echo "tesseract could not be installed; its tests will be skipped."
else
    echo "tesseract is not installed (on Debian: sudo apt-get install tesseract-ocr); its tests will be skipped."
fi
exit 0
