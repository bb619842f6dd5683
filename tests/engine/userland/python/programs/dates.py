from datetime import datetime, date, timedelta, timezone, time
d = datetime(2024, 2, 28, 13, 5, 9)
print(d, repr(d), d.isoformat(), d + timedelta(days=2), d.strftime("%Y-%m-%d %H:%M:%S %a %b %j %p %I"), d.weekday(), d.date(), d.time())
print(datetime.strptime("2023-12-25 08:30", "%Y-%m-%d %H:%M"), date(2024, 1, 1) - date(2023, 1, 1), timedelta(hours=25, minutes=61), timedelta(seconds=-1), timedelta(days=1.5).total_seconds())
print(datetime(2024, 1, 1, tzinfo=timezone.utc).isoformat(), datetime.fromisoformat("2024-05-06T07:08:09+02:00"), date.fromisoformat("2024-03-01").isocalendar()[1], d.replace(hour=0), d < datetime.now())
print(datetime.fromtimestamp(86400, timezone.utc), datetime(1970, 1, 2, tzinfo=timezone.utc).timestamp(), (datetime(2024, 3, 1) - datetime(2024, 2, 1)).days, f"{d:%d/%m/%y}")
try: datetime.strptime("nope", "%Y")
except ValueError as e: print(e)
