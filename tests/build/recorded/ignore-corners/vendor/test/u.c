vendor/test/u.c
