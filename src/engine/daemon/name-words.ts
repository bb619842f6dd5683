/** Words for containers that nobody named: how one may feel, and people to whom computing, mathematics and shipping owe something. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const LEFT = words(`
  able agile airy alert ample apt artful avid balmy blithe bold brave breezy bright brisk calm candid careful cheery chipper civil clever
  cordial cosy crafty curious daring dapper deft devoted eager earnest easy elated epic fair fearless fervent fleet fond frank fresh
  gallant game genial gentle genuine gifted glad gleeful graceful grand happy hardy hearty helpful honest hopeful humble ideal jaunty jolly
  jovial joyful keen kind lively loyal lucid lucky mellow merry mighty mindful modest musing neat nimble noble patient peaceful perky placid
  playful plucky polite proud quick quiet quirky radiant ready regal robust rosy sage serene sharp shrewd sincere snappy solid spry stable
  steady stoic sturdy sunny sure swift tender thrifty tidy tranquil trusty upbeat valiant vivid warm wise witty zany zealous zesty
`);

export const RIGHT = words(`
  abel ada aiken ampere archimedes babbage backus bardeen bell bernoulli berners bohr boole bose brahe brattain brunel cantor carson cauchy
  cavendish cerf church clarke codd cook cori cray curie darwin descartes diffie dijkstra dirac drake eckert edison einstein elion engelbart
  erdos euclid euler faraday fermat fermi feynman floyd fourier franklin galileo galois gauss germain goldberg goodall hamilton hawking
  hellman herschel hertz hilbert hodgkin hoover hopper huygens hypatia jang johnson kalam karp kay kepler khayyam kilby knuth kovalevskaya
  lamarr lamport laplace leavitt leibniz liskov lovelace magellan maxwell mccarthy mclean meitner mendel minsky moore morse napier nash
  neumann newton nobel noether noyce pascal pasteur payne perlman planck plato poincare ptolemy ramanujan ride ritchie sammet shannon
  shockley sinoussi stallman swartz tesla thompson torvalds turing vaughan volta wescoff wilson wing wozniak wright yalow yonath yi sun
`);
