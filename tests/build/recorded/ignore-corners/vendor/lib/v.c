vendor/lib/v.c
