const d = new Date(Date.UTC(2024, 1, 29, 12, 30, 45, 123));
console.log(d, d.toISOString(), d.getTime(), JSON.stringify({ d }), d.getUTCDay(), new Date('2024-03-10').getTime(), new Date('2024-03-10T10:00:00Z').toJSON(), String(new Date(NaN)));
console.log(new Date(2020, 0, 31, 1).toString(), new Date('March 7, 2021 10:00 UTC').toISOString(), Date.UTC(1970, 0, 2), new Date(0).toUTCString());
const e = new Date(d); e.setUTCMonth(e.getUTCMonth() + 1); console.log(e.toISOString(), e > d, e - d, Math.round((e - d) / 864e5));
console.log(d.toLocaleDateString('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }), d.toLocaleTimeString('en-US', { timeZone: 'UTC' }), typeof Date.now(), Date.parse('nonsense'));
