import logging, sys
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)-8s %(name)s: %(message)s")
log = logging.getLogger("app")
log.debug("debug %d", 1); log.info("info"); log.warning("warn %s", {"a": 1}); log.error("err")
logging.getLogger("app.db").info("child")
try: 1 / 0
except ZeroDivisionError: log.exception("failed")
log.setLevel(logging.ERROR); log.info("hidden"); print(log.isEnabledFor(20), logging.getLevelName(30))
