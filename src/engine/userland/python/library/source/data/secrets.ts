/** `secrets`. */
export const SOURCE = `
import os
import base64
from random import SystemRandom
from hmac import compare_digest

_chance = SystemRandom()
choice = _chance.choice
randbits = _chance.getrandbits


def randbelow(exclusive_upper_bound):
    return _chance._randbelow(exclusive_upper_bound)


def token_bytes(nbytes=None):
    return os.urandom(32 if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b'=').decode()
`;
