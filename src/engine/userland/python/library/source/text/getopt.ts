/** `getopt`. */
export const SOURCE = `
import os

__all__ = ['GetoptError', 'error', 'getopt', 'gnu_getopt']


class GetoptError(Exception):
    def __init__(self, msg, opt=''):
        self.msg, self.opt = msg, opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    return _read(args, shortopts, longopts, False)


def gnu_getopt(args, shortopts, longopts=[]):
    is_strict = shortopts.startswith('+') or bool(os.environ.get('POSIXLY_CORRECT'))
    return _read(args, shortopts.lstrip('+'), longopts, not is_strict)


def _read(args, short, long, is_mixed):
    args, long = list(args), [long] if isinstance(long, str) else list(long)
    options, rest = [], []
    while args:
        arg = args.pop(0)
        if arg == '--':
            break
        if arg.startswith('--'):
            name, equals, value = arg[2:].partition('=')
            fitting = [one for one in long if one.rstrip('=').startswith(name)]
            exact = [one for one in fitting if one.rstrip('=') == name]
            if not fitting:
                raise GetoptError('option --%s not recognized' % name, name)
            if len(fitting) > 1 and not exact:
                raise GetoptError('option --%s not a unique prefix' % name, name)
            found = (exact or fitting)[0]
            if found.endswith('='):
                if not equals:
                    if not args:
                        raise GetoptError('option --%s requires argument' % found[:-1], found[:-1])
                    value = args.pop(0)
            elif equals:
                raise GetoptError('option --%s must not have an argument' % found, found)
            options.append(('--' + found.rstrip('='), value))
        elif arg.startswith('-') and arg != '-':
            letters = arg[1:]
            while letters:
                letter, letters = letters[0], letters[1:]
                at = short.find(letter)
                if letter == ':' or at < 0:
                    raise GetoptError('option -%s not recognized' % letter, letter)
                value = ''
                if short[at + 1:at + 2] == ':':
                    if not letters and not args:
                        raise GetoptError('option -%s requires argument' % letter, letter)
                    value, letters = letters or args.pop(0), ''
                options.append(('-' + letter, value))
        elif is_mixed:
            rest.append(arg)
        else:
            return options, [arg] + args
    return options, rest + args

`;
