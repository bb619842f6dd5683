let moves = 0;
function hanoi(n, from, to, via) {
  if (n === 0) return;
  hanoi(n - 1, from, via, to);
  moves++;
  if (n > 3) console.log(`disk ${n}: ${from} -> ${to}`);
  hanoi(n - 1, via, to, from);
}
hanoi(5, 'A', 'C', 'B');
console.log(moves);
