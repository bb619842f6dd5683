/** `pwd`. */
export const SOURCE = String.raw`
from collections import namedtuple

struct_passwd = namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell', module='pwd')


def getpwall():
    with open('/etc/passwd') as file:
        rows = [line.rstrip('\n').split(':') for line in file if line.count(':') == 6]
    return [struct_passwd(row[0], row[1], int(row[2]), int(row[3]), *row[4:]) for row in rows]


def getpwnam(name, /):
    for one in getpwall():
        if one.pw_name == name:
            return one
    raise KeyError('getpwnam(): name not found: %r' % name)


def getpwuid(uid, /):
    for one in getpwall():
        if one.pw_uid == uid:
            return one
    raise KeyError('getpwuid(): uid not found: %d' % uid)

`;
