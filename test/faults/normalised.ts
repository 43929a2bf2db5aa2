import type { World } from './world.ts';

/** What nobody can foresee: moments at which something was written, and what the pool makes up. */
const UNFORESEEN = new Set([
  'dateCreation',
  'dateUpdate',
  'libelle',
  'dateValidation',
  'dateFinValidation',
  'fields',
  'access_token',
  'refresh_token',
  'client_id',
  'client_secret',
  'edition',
  'version',
  'objet',
  'date',
  'url',
  'nomFichier',
  'empreinte',
  'age',
  'dateEnvoi',
  'secret',
]);
/** Numbers that counters gave out. */
const NUMBERS = new Set(['id', 'tache', 'user', 'settledBy', 'operateur']);

/**
 * A value as text without what a run cannot help being different in: its tag, its day, moments, and numbers, of which the order stays.
 * @param taches their numbers come from another counter than those of details
 */
export function normalised(value: unknown, { tag, day }: World, taches: readonly number[] = []): string {
  const numbers = new Set<number>();
  visit(value, (name, part) => {
    if (NUMBERS.has(name) && typeof part === 'number' && !taches.includes(part)) numbers.add(part);
  });
  const ranks = new Map([...numbers].sort((one, other) => one - other).map((number, rank) => [number, `<${rank}>`]));
  for (const [rank, id] of taches.entries()) ranks.set(id, `<tache ${rank}>`);
  const text = JSON.stringify(
    value,
    (name, part: unknown) => {
      if (UNFORESEEN.has(name)) return '<unforeseen>';
      return NUMBERS.has(name) && typeof part === 'number' ? ranks.get(part) : part;
    },
    1,
  );
  const shownDay = day.split('-').toReversed().join('-');
  return text
    .replaceAll(new RegExp(tag, 'giu'), '<tag>')
    .replaceAll(day, '<day>')
    .replaceAll(shownDay, '<day>')
    .replaceAll(/tâche \d+|rapprochement(?:-| n° | )\d+/giu, '<tache>')
    .replaceAll(/(profil, le numéro|PATCH \/profiles\/)\s?\d+/gu, '$1 <n>')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<uuid>');
}

function visit(value: unknown, look: (name: string, part: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    look(name, part);
    visit(part, look);
  }
}
