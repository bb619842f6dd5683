import { stopOrRestart } from './stop.ts';

export const restart = stopOrRestart({ verb: 'restart', summary: 'Restart one or more containers', complete: 'containers' });
