/** `site`. */
export const SOURCE = String.raw`
import os
import sys
import _place

PREFIXES = [sys.prefix, sys.exec_prefix]
ENABLE_USER_SITE = _place.has_user_site
USER_SITE = _place.user_site
USER_BASE = USER_SITE.partition('/lib/')[0]


def getsitepackages(prefixes=None):
    return list(_place.sites)


def getuserbase():
    return USER_BASE


def getusersitepackages():
    return USER_SITE


def addsitedir(sitedir, known_paths=None):
    if sitedir not in sys.path:
        sys.path.append(sitedir)


def _main():
    args = sys.argv[1:]
    known = {'--user-base': USER_BASE, '--user-site': USER_SITE}
    if args:
        print(os.pathsep.join(known[one] for one in args if one in known))
        sys.exit(0 if ENABLE_USER_SITE else 1)
    print('sys.path = [')
    for folder in sys.path:
        print('    %r,' % (folder,))
    print(']')
    for name, path in (('USER_BASE', USER_BASE), ('USER_SITE', USER_SITE)):
        print('%s: %r (%s)' % (name, path, 'exists' if os.path.isdir(path) else "doesn't exist"))
    print('ENABLE_USER_SITE: %r' % ENABLE_USER_SITE)
`;
