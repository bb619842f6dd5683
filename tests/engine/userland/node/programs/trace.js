const f = () => { throw new TypeError('bad'); };
class A { m() { [1].map(x => f()); } static s() { new A().m(); } }
function go() { A.s(); }
go();
