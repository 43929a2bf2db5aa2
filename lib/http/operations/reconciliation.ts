import * as z from 'zod';
import { importAnswer, transactions } from '../schemas/ledger-import.ts';
import { idPath } from '../schemas/paging.ts';
import { alreadyProcessed, badRows, unknownOperator, wrongAccount, wrongHeaders } from '../schemas/problem.ts';
import { acknowledgement, statementSubmission } from '../schemas/submission.ts';
import { singleTache } from '../schemas/tache.ts';
import { uploadAnswer, uploadBody } from '../schemas/upload.ts';
import { firstVisaAnswer, validationBody, validationFigures } from '../schemas/validation.ts';
import { BAD_BODY, json, NOT_FOUND, type Operation, problem } from './operation.ts';

const NO_OPERATOR = json('Aucun opérateur ne porte ce code, ou il est fermé.', unknownOperator);

const SUBMISSION = {
  operateur: 'OMCI',
  fichier: [
    { Date: '10/05/2021', Heure: '09:30:00', Référence: 'MP210510.0930.A12345', Statut: 'Succès', Crédit: '5 000', Correspondant: '0700000012', 'Compte OM': '0700000001' },
  ],
  dateDebut: '2021-05-10T00:00',
  dateFin: '2021-05-10T23:59',
  fileName: 'releve-2021-05-10.xlsx',
};

const VALIDATION = {
  tag: 'Réconciliation',
  summary: 'Valider les correspondants d’une tâche',
  description:
    'Chaque correspondant qui n’est pas listé dans `ids` devient un succès dans le grand livre. Seuls le propriétaire de la tâche ou un supérieur valident, une fois, une tâche en `ATTENTE`. ' +
    'Là où l’étape demande quatre yeux, qui a envoyé le relevé ou travaillé sur ses écarts ne la valide pas ; au-dessus d’un seuil il faut deux personnes : la première donne un visa, la seconde, avec les mêmes `ids`, ' +
    'l’applique. Un travail à la main entre les deux annule le visa ; `"nouveauVisa": true` le remplace. ' +
    'Une transaction devenue un succès entre-temps n’est pas touchée et compte comme non rapprochée.',
  path: idPath,
  body: { schema: validationBody, types: ['application/json'], required: false, example: { ids: [252997], motif: 'Vu avec la caisse.' } },
  answers: {
    201: json('Les six chiffres après validation.', validationFigures),
    202: json(
      'La validation se poursuit sans vous, la tâche est en `VALIDEE` et passera en `TERMINEE` ; ou premier visa enregistré, la tâche reste en `ATTENTE`.',
      z.union([singleTache, firstVisaAnswer]),
    ),
    400: problem('`ids` est invalide, ou nomme des numéros qui ne sont pas ceux de correspondants de cette tâche : rien n’est validé.'),
    403: problem('La tâche se lit, mais une autre personne doit la valider : `detail` dit qui ; ou le jeton ne permet que de lire.'),
    404: NOT_FOUND,
    409: problem('La tâche n’est pas en `ATTENTE` : en cours, déjà validée, ou en échec ; ou le premier visa porte sur d’autres `ids`.'),
  },
} as const satisfies Operation;

export const RECONCILIATION = {
  'POST /reconciliation': {
    tag: 'Réconciliation',
    summary: 'Envoyer un relevé',
    description:
      'Le fichier entier est vérifié avant la réponse : opérateur, nom et contenu déjà traités, en-têtes, compte, lignes, dans cet ordre. `fichier` est un tableau de lignes, `{"feuille": [lignes]}`, ' +
      'ou le texte JSON de l’un des deux ; en `multipart/form-data`, un vrai fichier xlsx, xls, csv ou json. L’ancien formulaire, dont le nom du premier champ est tout le texte JSON, est compris aussi. ' +
      'Au-delà de 4 Mo : `POST /reconciliation/uploads`.',
    body: { schema: statementSubmission, types: ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'], required: true, example: SUBMISSION },
    answers: {
      200: json('Le relevé est pris ; `details` est sa tâche, en `CREATION`.', acknowledgement),
      400: BAD_BODY,
      404: NO_OPERATOR,
      406: json('Le fichier est refusé : en-têtes, lignes (numérotées à partir de 0), compte, ou déjà traité.', z.union([wrongHeaders, badRows, wrongAccount, alreadyProcessed])),
      422: problem('Le fichier n’est pas ce qu’il dit être : illisible, tronqué ou trop grand une fois ouvert.'),
    },
  },
  'POST /reconciliation/uploads': {
    tag: 'Réconciliation',
    summary: 'Demander à déposer un grand relevé',
    description:
      'La réponse est un formulaire pour S3, bon 15 minutes et pour un seul fichier : envoyez ses `fields`, puis le fichier dans la partie `file`. La tâche paraît dans `GET /taches`, à votre nom.',
    body: {
      schema: uploadBody,
      types: ['application/json'],
      required: true,
      example: { operateur: 'OMCI', fileName: 'releve-2021-05.xlsx', dateDebut: '2021-05-01T00:00', dateFin: '2021-05-31T23:59' },
    },
    answers: {
      201: json('Le formulaire.', uploadAnswer),
      400: BAD_BODY,
      404: NO_OPERATOR,
      406: json('Un fichier de ce nom a déjà été traité pour cet opérateur.', alreadyProcessed),
    },
  },
  'POST /update_reconciliation/{id}': VALIDATION,
  'PUT /update_reconciliation/{id}': VALIDATION,
  'POST /cinetpay': {
    tag: 'Grand livre',
    summary: 'Envoyer des transactions de CinetPay',
    description:
      'Une transaction connue est mise à jour ; une transaction validée n’est jamais reprise. Ce qui ne peut pas être pris est rendu avec sa raison, et n’empêche pas le reste.',
    body: {
      schema: transactions,
      types: ['application/json'],
      required: true,
      example: [
        {
          created_at: '2021-05-10T09:29:41Z',
          cpm_trans_id: 'PT210510.092941.1234567890',
          cpm_amount: '5000',
          cpm_currency: 'XOF',
          payment_method: 'OM',
          cel_phone_num: '2250700000012',
          cpm_trans_status: 'FAILED',
          cpm_payid: '',
        },
      ],
    },
    answers: { 200: json('Le compte de ce qui est nouveau, modifié, inchangé, rejeté.', importAnswer), 400: BAD_BODY },
  },
} as const satisfies Readonly<Record<string, Operation>>;
