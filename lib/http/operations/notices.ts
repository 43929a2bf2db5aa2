import { choicesAnswer, choicesBody, deliveryList } from '../schemas/notice.ts';
import { idPath } from '../schemas/paging.ts';
import { BAD_BODY, json, NOT_FOUND, type Operation, problem } from './operation.ts';

const NOT_YOURS = problem("Seul un administrateur voit et change ce dont quelqu'un d'autre est prévenu ; ou votre compte n'a aucun rôle ; ou le jeton ne permet que de lire.");

export const NOTICES = {
  'GET /profiles/{id}/avis': {
    tag: 'Avis',
    summary: 'Lire ce dont une personne est prévenue',
    path: idPath,
    answers: { 200: json('Les choix, canal par canal ; `canaux` dit lesquels sont ouverts ici.', choicesAnswer), 403: NOT_YOURS, 404: NOT_FOUND },
  },
  'PUT /profiles/{id}/avis': {
    tag: 'Avis',
    summary: 'Choisir ce dont une personne est prévenue',
    description:
      'Pour soi-même, ou par un administrateur. Remplace tous les choix : un canal absent ou `null` est abandonné. `taches` : `mesTaches`, ou `toutes` celles que la personne peut voir. Le SMS part au téléphone du profil. ' +
      'L’adresse d’un webhook est en https, chez un serveur d’Internet ; son secret n’est montré qu’ici, quand il vient d’être créé : à la première fois, quand `url` change, ou avec `nouveauSecret`. ' +
      'Un numéro WhatsApp est prévenu par le webhook, qui porte `destinataire.whatsapp` et un `texte` court.',
    path: idPath,
    body: {
      schema: choicesBody,
      types: ['application/json'],
      required: true,
      example: {
        courriel: { adresse: 'awa.kone@example.com', etats: ['ATTENTE', 'ECHEC'], taches: 'mesTaches' },
        sms: { etats: ['ECHEC'] },
        webhook: { url: 'https://exemple.com/avis', etats: ['ATTENTE', 'TERMINEE', 'ECHEC'], taches: 'toutes' },
      },
    },
    answers: { 200: json('Les choix.', choicesAnswer), 400: BAD_BODY, 403: NOT_YOURS, 404: NOT_FOUND },
  },
  'GET /taches/{id}/avis': {
    tag: 'Avis',
    summary: 'Lire les avis partis pour une tâche',
    description: 'Les vôtres ; ceux de tous, pour un administrateur. `motif` dit pourquoi le dernier essai a échoué. Gardés 90 jours.',
    path: idPath,
    answers: { 200: json('Les avis.', deliveryList), 404: NOT_FOUND },
  },
  'POST /taches/{id}/avis/renvoyer': {
    tag: 'Avis',
    summary: 'Renvoyer ses avis d’une tâche',
    description: 'Les webhooks, même reçus, et ce qui a échoué, sous le même numéro de livraison : qui l’a déjà traité le reconnaît.',
    path: idPath,
    answers: { 202: json('Les avis qui repartent.', deliveryList), 404: NOT_FOUND },
  },
} as const satisfies Readonly<Record<string, Operation>>;
