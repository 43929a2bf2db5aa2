import * as z from 'zod';
import { applicationBody, applicationList, applicationsQuery, choicesAnswer, registeredAnswer } from '../schemas/application.ts';
import { grantAnswer, refusalAnswer } from '../token-answer.ts';
import { BAD_BODY, BAD_QUERY, json, NEXT_PAGE, type Operation, orPage, problem } from './operation.ts';

const clientFields = { client_id: z.string().optional(), client_secret: z.string().optional() };

/** RFC 6749, section 4, as far as `readTokenRequest` takes it. */
export const tokenForm = z.discriminatedUnion('grant_type', [
  z.object({ grant_type: z.literal('client_credentials'), scope: z.string().optional(), ...clientFields }),
  z.object({ grant_type: z.literal('password'), username: z.string(), password: z.string(), ...clientFields }),
  z.object({ grant_type: z.literal('refresh_token'), refresh_token: z.string(), ...clientFields }),
]);

export const APPLICATIONS = {
  'GET /o/applications': {
    tag: 'Applications',
    summary: 'Lister les applications',
    description: 'Avec `Accept: text/html`, la page « Your applications ».',
    query: applicationsQuery,
    answers: { 200: orPage(json('Les applications, sans leurs secrets.', applicationList, NEXT_PAGE)), 400: BAD_QUERY },
  },
  'GET /o/applications/register': {
    tag: 'Applications',
    summary: 'Lire les choix du formulaire',
    description: 'Avec `Accept: text/html`, le formulaire.',
    answers: { 200: orPage(json('Les valeurs que chaque champ peut prendre.', choicesAnswer)) },
  },
  'POST /o/applications/register': {
    tag: 'Applications',
    summary: 'Enregistrer une application',
    description: 'Tout est facultatif sauf `name`. Le numéro de client et le secret sont attribués ; le secret n’est montré que cette fois.',
    body: {
      schema: applicationBody,
      types: ['application/json', 'application/x-www-form-urlencoded'],
      required: true,
      example: { name: 'Backoffice', client_type: 'confidential', authorization_grant_type: 'client-credentials', redirect_uris: '', algorithm: '' },
    },
    answers: {
      201: orPage(json("L'application et son secret.", registeredAnswer)),
      400: orPage(BAD_BODY),
      403: orPage(problem("Réservé aux administrateurs ; ou le formulaire a été envoyé par la page d'un autre site.")),
      409: orPage(problem("Le nombre maximal d'applications est atteint.")),
      413: orPage(problem('La requête dépasse 4 Mo.')),
    },
  },
  'POST /o/token': {
    tag: 'Applications',
    summary: 'Demander un jeton pour une application',
    description:
      'RFC 6749 : `client_credentials`, `password` ou `refresh_token`, selon l’application. Elle se nomme dans un en-tête `Authorization: Basic` ou dans le corps. Une application qui se connecte pour elle-même ne reçoit pas de jeton de rafraîchissement.',
    body: {
      schema: tokenForm,
      types: ['application/x-www-form-urlencoded', 'application/json'],
      required: true,
      example: { grant_type: 'client_credentials', client_id: '1example23456789', client_secret: '…' },
    },
    answers: {
      200: json('Le jeton.', grantAnswer),
      400: json('La demande est refusée ; `error` dit pourquoi.', refusalAnswer),
      401: json('Application inconnue ou secret incorrect.', refusalAnswer, {
        'x-amzn-Remapped-WWW-Authenticate': '`Basic` : la passerelle renomme l’en-tête WWW-Authenticate d’une fonction.',
      }),
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
