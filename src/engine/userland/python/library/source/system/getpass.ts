/** `getpass`. */
export const SOURCE = `
import os


class GetPassWarning(UserWarning):
    pass


def getpass(prompt='Password: ', stream=None):
    return input(prompt)


def getuser():
    for name in ('LOGNAME', 'USER', 'LNAME', 'USERNAME'):
        if os.environ.get(name):
            return os.environ[name]
    with open('/etc/passwd') as file:
        for line in file:
            parts = line.split(':')
            if len(parts) > 2 and parts[2] == str(os.getuid()):
                return parts[0]
    raise OSError('No username set in the environment')
`;
