def inner(x):
    return 10 / x
def outer(d):
    try:
        return inner(d["value"])
    except ZeroDivisionError as error:
        raise ValueError("bad value") from error
class Service:
    def run(self, data):
        result = outer(data) + 1
        return result
Service().run({"value": 0})
