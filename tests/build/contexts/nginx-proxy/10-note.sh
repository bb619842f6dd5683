#!/bin/sh
echo "note: $SERVER_NAME"
