#!/bin/sh
set -eu
mkdir -p dist
{ echo "<ul>"; for one in node_modules/*; do echo "<li>$(basename "$one")</li>"; done; echo "</ul>"; } > dist/index.html
