import { setTimeout as delay } from 'node:timers/promises';
import { singleTache } from '../../http/schemas/tache.ts';
import type { Read, RemoteApi } from './remote-api.ts';
import { interruption } from './remote-call.ts';
import { EXIT } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import type { RemoteProgress } from './remote-progress.ts';
import type { RemoteTache } from './tache-report.ts';

const STEPS: Readonly<Record<string, string>> = { lecture: 'Lecture', rapprochement: 'Rapprochement', ecriture: 'Écriture' };
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3_000;
/** Between two looks the network may fail for a while: the tache goes on. */
const MOST_FAILURES = 10;

export interface Following {
  readonly progress: RemoteProgress;
  readonly interrupted: AbortSignal;
}

/**
 * Looks at a tache again and again until it has come to one of the states.
 * @throws RemoteError also where whoever follows has had enough: the tache goes on
 */
export async function followTache(api: RemoteApi, id: number, until: readonly RemoteTache['etat'][], { progress, interrupted }: Following): Promise<Read<RemoteTache>> {
  let failures = 0;
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
      const read = await lookedAt(api, id);
      failures = read === undefined ? failures + 1 : 0;
      if (read !== undefined) {
        if (until.includes(read.value.etat)) return read;
        draw(progress, read.value);
      } else if (failures >= MOST_FAILURES) return await api.read(`/taches/${id}`, singleTache);
      await delay(pause, undefined, { signal: interrupted });
    }
  } catch (error) {
    if (interrupted.aborted) throw interruption(`La tâche ${id} continue sans vous : « show ${id} » dit où elle en est.`);
    throw error;
  } finally {
    progress.clear();
  }
}

/** `undefined` where nobody answered this time. */
async function lookedAt(api: RemoteApi, id: number): Promise<Read<RemoteTache> | undefined> {
  try {
    return await api.read(`/taches/${id}`, singleTache);
  } catch (error) {
    if (error instanceof RemoteError && error.exitCode === EXIT.unreachable && error.json['error'] !== 401) return undefined;
    throw error;
  }
}

function draw(progress: RemoteProgress, { etat, progression }: RemoteTache): void {
  if (progression === undefined) progress.draw(etat === 'VALIDEE' ? 'Validation' : 'En attente', 0, '');
  else progress.draw(STEPS[progression.etape] ?? progression.etape, progression.pourcent / 100, `${progression.lignes.toLocaleString('fr-FR')} lignes`);
}
