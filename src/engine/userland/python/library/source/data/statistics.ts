/** `statistics`. */
export const SOURCE = `
import math
from collections import Counter


class StatisticsError(ValueError):
    pass


def _listed(data, least=1, word='mean'):
    data = list(data)
    if len(data) < least:
        raise StatisticsError('%s requires at least %s data point%s' % (word, 'one' if least == 1 else 'two', '' if least == 1 else 's'))
    return data


def mean(data):
    data = _listed(data)
    total = math.fsum(data) if any(isinstance(one, float) for one in data) else sum(data)
    result = total / len(data)
    return int(result) if not any(isinstance(one, float) for one in data) and total % len(data) == 0 else result


def fmean(data, weights=None):
    data = _listed(data)
    return math.fsum(data) / len(data)


def median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    data = sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    return data[len(data) // 2]


def mode(data):
    found = Counter(data).most_common(1)
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0][0]


def multimode(data):
    counts = Counter(data)
    most = max(counts.values(), default=0)
    return [one for one, count in counts.items() if count == most]


def _squares(data, middle=None):
    middle = mean(data) if middle is None else middle
    total = [(one - middle) ** 2 for one in data]
    return math.fsum(total) if any(isinstance(one, float) for one in total) else sum(total)


def _over(total, count):
    return total // count if isinstance(total, int) and total % count == 0 else total / count


def variance(data, xbar=None):
    data = _listed(data, 2, 'variance')
    return _over(_squares(data, xbar), len(data) - 1)


def pvariance(data, mu=None):
    data = _listed(data, 1, 'pvariance')
    return _over(_squares(data, mu), len(data))


def stdev(data, xbar=None):
    return math.sqrt(variance(_listed(data, 2, 'stdev'), xbar))


def pstdev(data, mu=None):
    return math.sqrt(pvariance(data, mu))


def harmonic_mean(data):
    data = list(data)
    return len(data) / sum(1 / one for one in data)


def geometric_mean(data):
    data = list(data)
    return math.exp(math.fsum(map(math.log, data)) / len(data))


def quantiles(data, *, n=4, method='exclusive'):
    data = sorted(data)
    m = len(data) + 1
    result = []
    for i in range(1, n):
        j = max(1, min(len(data) - 1, i * m // n))
        delta = i * m - j * n
        result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return result
`;
