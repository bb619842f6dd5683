/** Words for containers that nobody named: how one may feel, and people to whom computing, mathematics and shipping owe something. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const LEFT = words(`
  affectionate agitated amazing awesome beautiful blissful bold brave busy charming clever compassionate competent condescending
  confident cool cranky dazzling determined distracted dreamy eager ecstatic elastic elated elegant eloquent epic exciting fervent
  festive flamboyant focused friendly frosty funny gallant gifted gracious great happy hardcore heuristic hopeful infallible inspiring
  intelligent interesting jolly jovial keen kind laughing loving lucid magical modest musing mystifying nice nifty objective
  optimistic peaceful pedantic practical priceless quirky quizzical recursing relaxed reverent romantic serene sharp stoic strange
  sweet tender thirsty unruffled upbeat vibrant vigilant wizardly wonderful xenodochial youthful zealous zen
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
