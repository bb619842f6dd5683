class A { foo() { super() } }
