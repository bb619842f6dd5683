#!/bin/sh
echo "$(id -un) runs $1 of $APP_NAME on $APP_PORT, greeting $(cat greeting)"
