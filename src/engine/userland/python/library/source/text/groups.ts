/** `grp`. */
export const SOURCE = String.raw`
from collections import namedtuple

struct_group = namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem', module='grp')


def getgrall():
    with open('/etc/group') as file:
        rows = [line.rstrip('\n').split(':') for line in file if line.count(':') == 3]
    return [struct_group(row[0], row[1], int(row[2]), [one for one in row[3].split(',') if one]) for row in rows]


def getgrnam(name):
    for one in getgrall():
        if one.gr_name == name:
            return one
    raise KeyError('getgrnam(): name not found: %r' % name)


def getgrgid(id):
    for one in getgrall():
        if one.gr_gid == id:
            return one
    raise KeyError('getgrgid(): gid not found: %d' % id)

`;
