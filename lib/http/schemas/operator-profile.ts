import * as z from 'zod';
import { accountOf } from '../../core/account.ts';
import { isTimeZone } from '../../core/date-pattern.ts';
import { CURRENCIES, isOperatorCode } from '../../core/operator.ts';
import { COUNTRIES } from '../../core/phone.ts';
import { type Fault, formatFaults, shortText, statementFormat, wordFaults, wordList } from './statement-format.ts';

const LONGEST_MARGIN_MINUTES = 7 * 24 * 60;

const clause = z
  .strictObject({ payment_method: shortText.nullish(), merchant: shortText.nullish(), serviceName: shortText.nullish() })
  .refine((values) => Object.values(values).some((value) => typeof value === 'string'), { error: 'Une exclusion sans critère écarterait tout.' });

/** Everything that administrators say of an operator. Wire names of the seed stand as they are. */
const fields = z.strictObject({
  id: z.int().positive().max(999_999_999_999).optional(),
  code: z.string().refine(isOperatorCode, { error: 'De 2 à 32 lettres majuscules et chiffres sont attendus, par exemple OMCI.' }),
  nom: shortText,
  description: z.string().trim().max(500),
  account: shortText,
  pays: z.enum(COUNTRIES),
  fuseau: z.string().refine(isTimeZone, { error: 'Fuseau horaire inconnu : un nom de la base IANA est attendu, par exemple Africa/Abidjan.' }),
  devise: z.enum(CURRENCIES),
  format: statementFormat,
  cleCorrespondance: z.enum(['telephone', 'transId']),
  cinetpay: z.strictObject({ payment_method: shortText, merchant: shortText.nullish(), serviceName: shortText.nullish(), exclusions: z.array(clause).max(50).optional() }),
  margeMinutes: z.int().min(0).max(LONGEST_MARGIN_MINUTES).optional(),
  statutsSucces: wordList.nullish(),
  statutsEchec: wordList.nullish(),
  lignesEnErreur: z.enum(['refuser', 'ecarter']).optional(),
  ferme: z.boolean().optional(),
});

export type OperatorFields = z.infer<typeof fields>;

/** What `POST /operateurs/` and `PUT /operateurs/{id}` take. */
export const operatorProfile = fields.superRefine((operator, context) => {
  for (const { path, message } of faultsOf(operator)) context.addIssue({ code: 'custom', path: [...path], message });
});

/** What `PATCH /operateurs/{id}` takes: a field that is given takes the whole place of the present one. */
export const operatorPatch = fields.partial();

/** An operator with its whole profile, for administrators. */
export const operatorProfileAnswer = z.object({
  ...fields.shape,
  id: z.int(),
  margeMinutes: z.int(),
  lignesEnErreur: z.enum(['refuser', 'ecarter']),
  ferme: z.boolean(),
});

/** What came of `DELETE /operateurs/{id}`. `ferme`: it has taches, so it was closed and not removed. */
export const operatorRemoval = z.object({ resultat: z.string(), ferme: z.boolean() });

/** What no single field shows to be wrong. */
function faultsOf({ format, cleCorrespondance: key, account, pays, statutsSucces, statutsEchec }: OperatorFields): readonly Fault[] {
  const success = statutsSucces ?? [];
  const failure = statutsEchec ?? [];
  return [
    ...formatFaults(format).map(({ path, message }) => ({ path: ['format', ...path], message })),
    ...(typeof format.colonnes[key] === 'string' ? [] : [{ path: ['format', 'colonnes', key], message: `Cette colonne est nécessaire quand cleCorrespondance est ${key}.` }]),
    ...(accountOf(account, pays) === '' ? [{ path: ['account'], message: 'Ce compte ne contient que des zéros ou des signes.' }] : []),
    ...wordFaults(['statutsSucces'], success, [], ''),
    ...wordFaults(['statutsEchec'], failure, success, 'statutsSucces'),
    ...(failure.length > 0 && success.length === 0
      ? [{ path: ['statutsEchec'], message: 'Sans statutsSucces toutes les lignes comptent : donnez les deux listes, ou aucune.' }]
      : []),
  ];
}
