/** What a container uses now. Drydock tells it to whoever only looks; a real Engine measures for it. */
import { call, EngineError, type Transport } from './docker.ts';

export async function statsOf<T>(transport: Transport, id: string): Promise<T> {
  try {
    return await call<T>(transport, `/drydock/containers/${id}/stats`);
  } catch (error) {
    if (!(error instanceof EngineError) || error.message !== 'page not found') throw error;
    return call<T>(transport, `/containers/${id}/stats?stream=false&one-shot=1`);
  }
}
