import * as z from 'zod';
import { credentials, messageAnswer, refreshBody, signInAnswer, signInBody, tokenAnswer, tokenBody } from '../schemas/authentication.ts';
import { invalidGrant, refusedPassword, refusedRegistration } from '../schemas/problem.ts';
import { userAnswer } from '../schemas/profile.ts';
import { BAD_BODY, json, type Operation, orProblem, problem } from './operation.ts';

const SOMEBODY = { username: 'awa.kone', password: '12@hkdshdn' };
const TOKEN = 'eyJraWQiOi…';

export const AUTHENTICATION = {
  'POST /authentication/register': {
    tag: 'Authentification',
    summary: 'Créer son compte',
    description: 'Le mot de passe compte au moins 10 caractères, avec des minuscules, un chiffre et un caractère spécial. Un profil vide est créé avec le compte.',
    body: { schema: credentials, types: ['application/json'], required: true, example: SOMEBODY },
    answers: {
      200: json('Le compte existe, et son premier jeton est donné.', tokenAnswer),
      400: orProblem(json('Nom déjà pris ou invalide, mot de passe trop faible ; ou corps invalide.', refusedRegistration)),
    },
  },
  'POST /authentication/token': {
    tag: 'Authentification',
    summary: 'Se connecter',
    description: 'Une personne invitée envoie à sa première connexion le mot de passe reçu, et dans `new_password` celui qu’elle choisit.',
    body: { schema: signInBody, types: ['application/json'], required: true, example: SOMEBODY },
    answers: {
      200: json('Les jetons, le profil et le nom.', signInAnswer),
      400: orProblem(
        json('Nom ou mot de passe incorrect : lequel des deux n’est pas dit. Ou nouveau mot de passe trop faible ; ou corps invalide.', z.union([invalidGrant, refusedPassword])),
      ),
    },
  },
  'POST /authentication/token/refresh': {
    tag: 'Authentification',
    summary: 'Renouveler son jeton',
    description: 'Le jeton de rafraîchissement est remplacé : la réponse porte le suivant.',
    body: { schema: refreshBody, types: ['application/json'], required: true, example: { refresh_token: 'eyJjdHki…' } },
    answers: {
      200: json('De nouveaux jetons.', tokenAnswer),
      400: orProblem(json('Ce jeton de rafraîchissement n’est plus valable ; ou corps invalide.', invalidGrant)),
    },
  },
  'POST /authentication/token/revoke': {
    tag: 'Authentification',
    summary: 'Révoquer un jeton',
    description: 'Jeton d’accès ou de rafraîchissement. Tous les jetons de la même connexion cessent de valoir. Un jeton déjà mort n’est pas une erreur.',
    body: { schema: tokenBody, types: ['application/json'], required: true, example: { token: TOKEN } },
    answers: { 200: json('Le jeton ne vaut plus rien.', messageAnswer), 400: BAD_BODY },
  },
  'POST /get_user': {
    tag: 'Authentification',
    summary: 'À qui est ce jeton',
    body: { schema: tokenBody, types: ['application/json'], required: true, example: { token: TOKEN } },
    answers: {
      200: json('Le profil, le nom et le rôle de qui tient le jeton du corps.', userAnswer),
      400: BAD_BODY,
      401: problem("L'en-tête Authorization manque ou ne vaut rien ; ou le jeton du corps ne vaut rien.", {
        'WWW-Authenticate': '`Bearer`, quand l’en-tête est en cause. Pour le jeton du corps, la passerelle l’appelle `x-amzn-Remapped-WWW-Authenticate`.',
      }),
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
