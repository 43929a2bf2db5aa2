import { balanceAnswer, balanceQuery, openItemsAnswer, openItemsQuery } from '../schemas/open-items.ts';
import { BAD_QUERY, json, NEXT_PAGE, type Operation } from './operation.ts';

export const OPEN_ITEMS = {
  'GET /ecarts': {
    tag: 'Écarts',
    summary: 'Lister les écarts, toutes tâches réunies',
    description:
      'Les lignes de relevé que rien n’explique et les succès de CinetPay que l’opérateur n’a pas, les plus anciens d’abord, de toutes les tâches que l’on voit. Chacun est réessayé de lui-même contre chaque grand ' +
      'livre et chaque relevé qui arrive ensuite : `nouveau` jusque-là, `persistant` si rien ne l’explique encore, `resolu` sinon, avec ce qui l’explique. Une référence et un montant égaux expliquent ; ce qui n’a ' +
      'que le numéro et le montant est une `proposition`, à lier à la main. L’âge compte les jours depuis la date de l’opération chez l’opérateur. Une page peut être courte, ou vide, tant que l’en-tête Link est là.',
    query: openItemsQuery,
    answers: { 200: json('Les écarts.', openItemsAnswer, NEXT_PAGE), 400: BAD_QUERY },
  },
  'GET /ecarts/balance': {
    tag: 'Écarts',
    summary: 'Dire ce qui reste ouvert, et depuis quand',
    description:
      'Par opérateur : nombre et montant de ce qui reste ouvert, par tranche d’âge et par type, et de ce qui a été résolu depuis. Les montants sont exacts, sans signe : une ligne de relevé et un succès absent s’ajoutent, ils ne se compensent pas.',
    query: balanceQuery,
    answers: { 200: json('Une ligne par opérateur qui a, ou a eu, des écarts.', balanceAnswer), 400: BAD_QUERY },
  },
} as const satisfies Readonly<Record<string, Operation>>;
