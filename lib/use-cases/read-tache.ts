import type { Tache } from '../core/tache.ts';
import type { Taches } from '../ports.ts';
import { found } from './failure.ts';
import type { Viewer } from './visibility.ts';

/** A tache that a viewer may see. @throws Failure 404 where there is none, or it is not for them: the two look the same */
export async function readTache(taches: Taches, id: number, { mayRead }: Pick<Viewer, 'mayRead'>): Promise<Tache> {
  const tache = await taches.get(id);
  return found(tache && (await mayRead(tache.owner)) ? tache : undefined, `Aucune tâche ne porte le numéro ${id}.`);
}
