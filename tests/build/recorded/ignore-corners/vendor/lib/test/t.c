vendor/lib/test/t.c
