import { operatorAnswer, operatorList, operatorsQuery } from '../schemas/operator.ts';
import { operatorPatch, operatorProfile, operatorProfileAnswer, operatorRemoval } from '../schemas/operator-profile.ts';
import { idPath } from '../schemas/paging.ts';
import { BAD_BODY, BAD_QUERY, json, NOT_FOUND, type Operation, problem } from './operation.ts';

const EXAMPLE = {
  code: 'OMCI2',
  nom: 'Orange CI 2',
  description: "Orange Money Côte d'Ivoire, second compte",
  account: '0700000099',
  pays: 'CI',
  fuseau: 'Africa/Abidjan',
  devise: 'XOF',
  format: {
    moment: { type: 'deux-colonnes', colonneDate: 'Date', motifDate: 'DD/MM/YYYY', colonneHeure: 'Heure', motifHeure: 'HH:mm:ss' },
    colonnes: { payid: 'Référence', statut: 'Statut', montant: 'Crédit', compte: 'Compte OM', telephone: 'Correspondant' },
  },
  cleCorrespondance: 'telephone',
  cinetpay: { payment_method: 'OM' },
};

const CONFLICT = problem('Le code ou le numéro est pris ; ou ce changement ne se fait pas : code, numéro, ou devise d’un opérateur qui a des tâches.');

export const OPERATORS = {
  'GET /operateurs': {
    tag: 'Opérateurs',
    summary: 'Lister les opérateurs',
    description: 'Par ordre de nom.',
    query: operatorsQuery,
    answers: { 200: json('Les opérateurs.', operatorList), 400: BAD_QUERY },
  },
  'GET /operateurs/{id}': {
    tag: 'Opérateurs',
    summary: 'Lire un opérateur',
    path: idPath,
    answers: { 200: json("L'opérateur.", operatorAnswer), 404: NOT_FOUND },
  },
  'GET /operateurs/{id}/profil': {
    tag: 'Opérateurs',
    summary: 'Lire tout ce qui est dit d’un opérateur',
    description: 'Pour les administrateurs.',
    path: idPath,
    answers: { 200: json("L'opérateur et la façon dont ses relevés se lisent et se rapprochent.", operatorProfileAnswer), 404: NOT_FOUND },
  },
  'POST /operateurs': {
    tag: 'Opérateurs',
    summary: 'Ajouter un opérateur',
    description: 'Pour les administrateurs.',
    body: { schema: operatorProfile, types: ['application/json'], required: true, example: EXAMPLE },
    answers: { 201: json("L'opérateur.", operatorProfileAnswer), 400: BAD_BODY, 409: CONFLICT },
  },
  'PUT /operateurs/{id}': {
    tag: 'Opérateurs',
    summary: 'Décrire un opérateur à nouveau',
    description: 'Pour les administrateurs. Vaut dès le prochain relevé.',
    path: idPath,
    body: { schema: operatorProfile, types: ['application/json'], required: true, example: EXAMPLE },
    answers: { 200: json("L'opérateur.", operatorProfileAnswer), 400: BAD_BODY, 404: NOT_FOUND, 409: CONFLICT },
  },
  'PATCH /operateurs/{id}': {
    tag: 'Opérateurs',
    summary: 'Changer des champs d’un opérateur',
    description: 'Pour les administrateurs. Un champ donné prend toute la place du présent. Vaut dès le prochain relevé.',
    path: idPath,
    body: { schema: operatorPatch, types: ['application/json'], required: true, example: { margeMinutes: 120 } },
    answers: { 200: json("L'opérateur.", operatorProfileAnswer), 400: BAD_BODY, 404: NOT_FOUND, 409: CONFLICT },
  },
  'DELETE /operateurs/{id}': {
    tag: 'Opérateurs',
    summary: 'Retirer un opérateur',
    description: 'Pour les administrateurs. Un opérateur qui a des tâches est fermé : elles restent lisibles, et il ne reçoit plus de relevés.',
    path: idPath,
    answers: { 200: json('Supprimé, ou fermé.', operatorRemoval), 404: NOT_FOUND },
  },
} as const satisfies Readonly<Record<string, Operation>>;
