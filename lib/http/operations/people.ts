import { idPath } from '../schemas/paging.ts';
import { changedProfile, newProfile, profileAnswer, profileChange, profileList, profilesQuery } from '../schemas/profile.ts';
import { changedRole, newRole, roleAnswer, roleList } from '../schemas/role.ts';
import { BAD_BODY, BAD_QUERY, json, NEXT_PAGE, NOT_FOUND, nothing, type Operation, problem } from './operation.ts';

const PROFILE_CHANGE = {
  tag: 'Profils',
  summary: 'Changer un profil',
  description:
    'Un administrateur change tout ; chacun change de son propre profil le téléphone, le numéro WhatsApp, le nom, le prénom et l’adresse. Les champs absents restent. ' +
    '`id` et `user` peuvent être renvoyés tels quels. `role: null` rend le rôle du groupe.',
  path: idPath,
  body: { schema: profileChange, types: ['application/json'], required: true, example: { telephone: '+225 07 00 00 00 12' } },
  answers: {
    200: json('Le profil et la personne.', changedProfile),
    400: BAD_BODY,
    403: problem("Seul un administrateur change le profil d'autrui ; ou votre compte n'a aucun rôle ; ou le jeton ne permet que de lire."),
    404: NOT_FOUND,
    409: problem('Un administrateur ne se retire pas lui-même de son groupe.'),
  },
} as const satisfies Operation;

const ROLE_CONFLICT = problem('Le nom est pris, ou le rôle fait partie du produit et ne change pas.');

export const PEOPLE = {
  'GET /profiles': {
    tag: 'Profils',
    summary: 'Lister les profils',
    query: profilesQuery,
    answers: { 200: json('Les profils.', profileList, NEXT_PAGE), 400: BAD_QUERY },
  },
  'GET /profiles/{id}': {
    tag: 'Profils',
    summary: 'Lire un profil',
    path: idPath,
    answers: { 200: json('Le profil.', profileAnswer), 404: NOT_FOUND },
  },
  'POST /profiles': {
    tag: 'Profils',
    summary: 'Créer un profil, et inviter la personne',
    description: 'Pour les administrateurs. Une personne que personne ne connaît est invitée à l’adresse `email`.',
    body: {
      schema: newProfile,
      types: ['application/json'],
      required: true,
      example: { username: 'awa.kone', email: 'awa.kone@example.com', groupe: 'agent', fonction: 'Agente' },
    },
    answers: { 201: json('Le profil et la personne.', changedProfile), 400: BAD_BODY, 409: problem('Cette personne a déjà un profil.') },
  },
  'PUT /profiles/{id}': PROFILE_CHANGE,
  'PATCH /profiles/{id}': PROFILE_CHANGE,
  'GET /roles': {
    tag: 'Rôles',
    summary: 'Lister les rôles',
    answers: { 200: json('Les rôles ; les trois du produit d’abord.', roleList) },
  },
  'POST /roles': {
    tag: 'Rôles',
    summary: 'Ajouter un rôle',
    description: 'Pour les administrateurs.',
    body: { schema: newRole, types: ['application/json'], required: true, example: { libelle: 'chef de la recette', parent: 2 } },
    answers: { 201: json('Le rôle.', roleAnswer), 400: BAD_BODY, 409: problem('Le nom est pris.') },
  },
  'PUT /roles/{id}': {
    tag: 'Rôles',
    summary: 'Décrire un rôle à nouveau',
    description: 'Pour les administrateurs.',
    path: idPath,
    body: { schema: newRole, types: ['application/json'], required: true, example: { libelle: 'chef de la recette', parent: 2 } },
    answers: { 200: json('Le rôle.', roleAnswer), 400: BAD_BODY, 404: NOT_FOUND, 409: ROLE_CONFLICT },
  },
  'PATCH /roles/{id}': {
    tag: 'Rôles',
    summary: 'Renommer ou déplacer un rôle',
    description: 'Pour les administrateurs.',
    path: idPath,
    body: { schema: changedRole, types: ['application/json'], required: true, example: { parent: 2 } },
    answers: { 200: json('Le rôle.', roleAnswer), 400: BAD_BODY, 404: NOT_FOUND, 409: ROLE_CONFLICT },
  },
  'DELETE /roles/{id}': {
    tag: 'Rôles',
    summary: 'Supprimer un rôle',
    description: 'Pour les administrateurs.',
    path: idPath,
    answers: { 204: nothing('Le rôle est supprimé.'), 404: NOT_FOUND, 409: problem('Le rôle fait partie du produit, des personnes le portent, ou d’autres rôles en dépendent.') },
  },
} as const satisfies Readonly<Record<string, Operation>>;
