#!/bin/sh
# Deletes from node_modules what the portal never reads: the sources of the page styles, and every weight of a font but Regular and
# Bold. The largest four have Regular only: their Bold would be 18 MiB more. setup.sh and the Dockerfile run it after `npm ci`.
set -eu
find node_modules/govuk-frontend/dist -type f ! -name 'govuk-frontend.min.*' -exec rm -f {} +
find node_modules/@expo-google-fonts -type f ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' ! -name 'LICENSE*' \
    ! -name package.json -exec rm -f {} +
for large in noto-sans-sc noto-sans-kr noto-emoji noto-serif-tibetan; do
    rm -rf "node_modules/@expo-google-fonts/$large/700Bold"
done
find node_modules/govuk-frontend node_modules/@expo-google-fonts -depth -type d -exec rmdir {} + 2>/dev/null || true
