import { detailsAnswer, detailsQuery } from '../schemas/details.ts';
import { idPath } from '../schemas/paging.ts';
import { singleTache, tacheList, tachesQuery } from '../schemas/tache.ts';
import { BAD_QUERY, json, NEXT_PAGE, NOT_FOUND, type Operation } from './operation.ts';

export const TACHES = {
  'GET /taches': {
    tag: 'Tâches',
    summary: 'Lister les tâches',
    description: 'Les plus récentes d’abord. Chacun voit les siennes, celles des rôles placés sous le sien, et celles du dossier de dépôt. Un filtre vide ne filtre rien.',
    query: tachesQuery,
    answers: { 200: json('Les tâches. Leurs six chiffres sont des textes, `"ENCOURS"` tant qu’il n’y en a pas.', tacheList, NEXT_PAGE), 400: BAD_QUERY },
  },
  'GET /taches/{id}': {
    tag: 'Tâches',
    summary: 'Lire une tâche',
    path: idPath,
    answers: { 200: json('La tâche. Ses six chiffres sont des nombres, ou `"ENCOURS"`.', singleTache), 404: NOT_FOUND },
  },
  'GET /details_taches/{id}': {
    tag: 'Tâches',
    summary: 'Lire une tâche et ses lignes',
    description:
      'Les correspondants, les lignes sans correspondant et les anomalies avec leur motif, par pages de 5 000 lignes au plus toutes listes réunies. Tous les filtres donnés doivent convenir ; d’une paire, ' +
      'il suffit d’un côté. Une page filtrée peut être courte, ou vide : tant que l’en-tête Link est là, la suite peut en contenir d’autres.',
    path: idPath,
    query: detailsQuery,
    answers: { 200: json('La tâche et ses lignes.', detailsAnswer, NEXT_PAGE), 400: BAD_QUERY, 404: NOT_FOUND },
  },
} as const satisfies Readonly<Record<string, Operation>>;
