try:
    import nothing_here
except ModuleNotFoundError as error:
    print(error, error.name)
from time import no_such_name
