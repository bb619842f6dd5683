/** The names of Python's index of packages: all that the world outside must know of it before somebody asks. */
export const PYPI_HOSTS: readonly string[] = ['pypi.org', 'files.pythonhosted.org'];
