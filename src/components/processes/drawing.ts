/** What is needed once there is something to draw: fetched with the machine, not with the page. */
export { drawBoard } from './board.ts';
export { drawContainer } from './draw.ts';
export { Inside } from './look.ts';
export { containerView, inWords } from './view-model.ts';
