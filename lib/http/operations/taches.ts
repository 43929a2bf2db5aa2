import { detailsAnswer, detailsQuery } from '../schemas/details.ts';
import { exportAnswer, exportPending, exportQuery } from '../schemas/export.ts';
import { journalAnswer, journalQuery } from '../schemas/journal.ts';
import { manualWorkAnswer, manualWorkBody, rowPath } from '../schemas/manual-work.ts';
import { idPath } from '../schemas/paging.ts';
import { singleTache, tacheList, tachesQuery } from '../schemas/tache.ts';
import { BAD_QUERY, json, NEXT_PAGE, NOT_FOUND, nothing, type Operation, orPage, problem } from './operation.ts';

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
  'GET /taches/{id}/journal': {
    tag: 'Tâches',
    summary: 'Lire le journal d’une tâche',
    description:
      'Tout ce qui est arrivé à la tâche, du plus ancien au plus récent : qui, quand, quoi, pourquoi. Rien n’y est jamais modifié ni retiré : chaque écriture porte l’empreinte de la précédente. ' +
      '`empreinte` est le SHA-256 du JSON, sans espaces, de `[tache, numero, evenement, date, auteur, action, motif, donnees, precedent]`, les noms de `donnees` triés ; `npm run reconcile -- verify-journal` le prouve.',
    path: idPath,
    query: journalQuery,
    answers: { 200: json('Les écritures.', journalAnswer, NEXT_PAGE), 400: BAD_QUERY, 404: NOT_FOUND },
  },
  'POST /taches/{id}/ecarts/{ligne}': {
    tag: 'Tâches',
    summary: 'Travailler sur une ligne sans correspondant',
    description:
      '`lier` la rattache à une transaction du même montant (la validation en fera un succès, si elle n’en est pas un), `delier` retire ce lien ; `ecarter` la met de côté, `reprendre` l’en retire ; `commenter` ajoute une note. ' +
      'Le motif est obligatoire. Rien n’est effacé : le journal garde tout, et les classes, totaux et passage ne changent pas. Tant que la tâche attend sa validation, par qui peut la valider.',
    path: rowPath,
    body: {
      schema: manualWorkBody,
      types: ['application/json'],
      required: true,
      example: { action: 'lier', cpm_trans_id: 'PT210510.092941.1234567890', motif: 'Le client a payé depuis un autre numéro.' },
    },
    answers: {
      200: json('La ligne, et ce qui en a été fait.', manualWorkAnswer),
      400: problem('Le corps est invalide, ou la transaction ne peut pas être celle de la ligne ; `errors` dit pourquoi.'),
      403: problem('La tâche se lit, mais seul son propriétaire ou un supérieur y travaille ; ou le jeton ne permet que de lire.'),
      404: NOT_FOUND,
      409: problem('La tâche n’attend pas sa validation, ou la ligne est déjà liée ou mise de côté.'),
    },
  },
  'GET /taches/{id}/export': {
    tag: 'Tâches',
    summary: 'Exporter une tâche',
    description:
      'Un classeur (`xlsx`), une table (`csv` : UTF-8, `;`) ou un état d’une page à signer (`pdf`), avec les chiffres et les lignes que l’écran montre. La réponse est un lien bon 15 minutes, sans jeton ; ' +
      'un navigateur, ou `redirect=1`, est mené droit au fichier. Un grand export se prépare d’abord : redemandez-le après `Retry-After` secondes. Les heures sont celles de l’opérateur. ' +
      'Aucun texte d’un export ne peut s’exécuter comme une formule : dans le CSV, ceux qui commencent comme une formule portent une apostrophe devant.',
    path: idPath,
    query: exportQuery,
    answers: {
      200: json('Le lien.', exportAnswer),
      202: orPage(json('L’export se prépare.', exportPending, { 'Retry-After': 'Dans combien de secondes redemander.' })),
      303: nothing('Le fichier, pour qui suit `Location`.'),
      400: BAD_QUERY,
      404: NOT_FOUND,
      409: problem('La tâche n’a pas de résultat : elle est en cours, ou en échec ; ou ses lignes ne sont plus conservées.'),
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
