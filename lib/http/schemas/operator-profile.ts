import * as z from 'zod';
import { accountOf } from '../../core/account.ts';
import { isTimeZone, type PatternPurpose, patternFault } from '../../core/date-pattern.ts';
import { CURRENCIES, isOperatorCode } from '../../core/operator.ts';
import { COUNTRIES } from '../../core/phone.ts';
import { headerKey } from '../../core/reference.ts';

const LONGEST_MARGIN_MINUTES = 7 * 24 * 60;

const text = z.string().trim().min(1).max(128);

function pattern(purpose: PatternPurpose) {
  return text.refine((motif) => patternFault(motif, purpose) === undefined, { error: ({ input }) => patternFault(String(input), purpose) });
}

const moment = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('une-colonne'), colonne: text, motif: pattern('moment'), texteApres: z.boolean().optional() }),
    z.strictObject({ type: z.literal('deux-colonnes'), colonneDate: text, motifDate: pattern('date'), colonneHeure: text, motifHeure: pattern('time') }),
  ],
  { error: 'Type de moment inconnu : une-colonne ou deux-colonnes attendu.' },
);

const colonnes = z.strictObject({ payid: text, statut: text, montant: text, compte: text, telephone: text.nullish(), transId: text.nullish() });

const clause = z
  .strictObject({ payment_method: text.nullish(), merchant: text.nullish(), serviceName: text.nullish() })
  .refine((values) => Object.values(values).some((value) => typeof value === 'string'), { error: 'Une exclusion sans critère écarterait tout.' });

/** Everything that administrators say of an operator. Wire names of the seed stand as they are. */
const fields = z.strictObject({
  id: z.int().positive().max(999_999_999_999).optional(),
  code: z.string().refine(isOperatorCode, { error: 'De 2 à 32 lettres majuscules et chiffres sont attendus, par exemple OMCI.' }),
  nom: text,
  description: z.string().trim().max(500),
  account: text,
  pays: z.enum(COUNTRIES),
  fuseau: z.string().refine(isTimeZone, { error: 'Fuseau horaire inconnu : un nom de la base IANA est attendu, par exemple Africa/Abidjan.' }),
  devise: z.enum(CURRENCIES),
  format: z.strictObject({ nom: text.nullish(), moment, colonnes }),
  cleCorrespondance: z.enum(['telephone', 'transId']),
  cinetpay: z.strictObject({ payment_method: text, merchant: text.nullish(), serviceName: text.nullish(), exclusions: z.array(clause).max(50).optional() }),
  margeMinutes: z.int().min(0).max(LONGEST_MARGIN_MINUTES).optional(),
  statutsSucces: z.array(text).min(1).max(50).nullish(),
  lignesEnErreur: z.enum(['refuser', 'ecarter']).optional(),
  ferme: z.boolean().optional(),
});

export type OperatorFields = z.infer<typeof fields>;

/** What `POST /operateurs/` and `PUT /operateurs/{id}` take. */
export const operatorProfile = fields.superRefine((operator, context) => {
  const refuse = (path: readonly string[], message: string) => context.addIssue({ code: 'custom', path: [...path], message });
  const used = new Map<string, string>();
  for (const [path, header] of headersOf(operator)) {
    const other = used.get(headerKey(header));
    if (other !== undefined) refuse(path, `En-tête en double : « ${header} » sert déjà pour ${other}.`);
    used.set(headerKey(header), path.join('.'));
  }
  const { colonnes: columns } = operator.format;
  const key = operator.cleCorrespondance;
  if (typeof columns[key] !== 'string') refuse(['format', 'colonnes', key], `Cette colonne est nécessaire quand cleCorrespondance est ${key}.`);
  if (accountOf(operator.account, operator.pays) === '') refuse(['account'], 'Ce compte ne contient que des zéros ou des signes.');
  const words = operator.statutsSucces?.map((word) => word.toUpperCase()) ?? [];
  words.forEach((word, index) => {
    if (words.indexOf(word) !== index) refuse(['statutsSucces', String(index)], `« ${word} » figure deux fois.`);
  });
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

function headersOf({ format }: OperatorFields): readonly (readonly [path: readonly string[], header: string])[] {
  const { moment: when, colonnes: columns } = format;
  const names = when.type === 'une-colonne' ? { colonne: when.colonne } : { colonneDate: when.colonneDate, colonneHeure: when.colonneHeure };
  const under = (folder: string, values: Readonly<Record<string, string | null | undefined>>) =>
    Object.entries(values).flatMap(([name, header]) => (typeof header === 'string' ? [[['format', folder, name], header] as const] : []));
  return [...under('moment', names), ...under('colonnes', columns)];
}
