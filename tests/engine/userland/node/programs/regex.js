const log = '127.0.0.1 - - [10/Oct/2024:13:55:36] "GET /index.html HTTP/1.1" 200 2326';
const m = log.match(/^(?<ip>[\d.]+) .*\[(?<when>[^\]]+)\] "(?<verb>\w+) (?<path>\S+)[^"]*" (?<status>\d+)/);
console.log(m.groups, m.index, { ...m.groups }.verb);
console.log('2024-01-15'.replace(/(\d+)-(\d+)-(\d+)/, '$3/$2/$1'), 'camelCaseText'.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase()), 'a,b;c'.split(/[,;]/), /a.c/s.test('a\nc'));
const re = /o/g; let r; while ((r = re.exec('foo boo')) !== null) console.log(r.index, re.lastIndex); console.log('x'.match(/y/), 'aaa'.match(/a/g), [...'t1t2'.matchAll(/t(\d)/g)].map((x) => x[1]), /(?<!\$)\b\d+/.exec('$5 7')[0], 'x'.search(/x/));
console.log('abc'.replace('b', '$&$&'), /[\u4e00-\u9fa5]/u.test('中'), /^\p{Lu}/u.test('É'), new RegExp('a/b', 'gi'), /a/ instanceof RegExp); try { new RegExp('('); } catch (e) { console.log(e.name, e.message); }
