import * as z from 'zod';
import { type PatternPurpose, patternFault } from '../../core/date-pattern.ts';
import type { ColumnRole } from '../../core/operator.ts';
import { wordKey } from '../../core/words.ts';

/** What the API calls the columns of a statement. */
export const COLUMN_NAMES = {
  date: 'date',
  heure: 'time',
  payid: 'payid',
  statut: 'status',
  montant: 'amount',
  compte: 'account',
  telephone: 'phone',
  transId: 'transId',
  debit: 'debit',
  type: 'type',
} as const satisfies Readonly<Record<string, ColumnRole>>;

export type ColumnName = keyof typeof COLUMN_NAMES;

/** A header, a word of a column, a name: never blank. */
export const shortText = z.string().trim().min(1).max(128);
export const wordList = z.array(shortText).min(1).max(50);

function pattern(purpose: PatternPurpose) {
  return shortText.refine((motif) => patternFault(motif, purpose) === undefined, { error: ({ input }) => patternFault(String(input), purpose) });
}

function otherPatterns(purpose: PatternPurpose) {
  return z.array(pattern(purpose)).max(10).optional();
}

const moment = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('une-colonne'), colonne: shortText, motif: pattern('moment'), autresMotifs: otherPatterns('moment'), texteApres: z.boolean().optional() }),
    z.strictObject({
      type: z.literal('deux-colonnes'),
      colonneDate: shortText,
      motifDate: pattern('date'),
      autresMotifsDate: otherPatterns('date'),
      colonneHeure: shortText,
      motifHeure: pattern('time'),
      autresMotifsHeure: otherPatterns('time'),
    }),
  ],
  { error: 'Type de moment inconnu : une-colonne ou deux-colonnes attendu.' },
);

const colonnes = z.strictObject({
  payid: shortText,
  statut: shortText,
  montant: shortText,
  compte: shortText,
  telephone: shortText.nullish(),
  transId: shortText.nullish(),
});

const search = z.strictObject({ autresEnTetes: z.array(shortText).max(20).optional(), rang: z.int().min(1).max(100).optional() });

const recherche = z
  .strictObject({
    date: search,
    heure: search,
    payid: search,
    statut: search,
    montant: search,
    compte: search,
    telephone: search,
    transId: search,
    debit: search,
    type: search,
  } satisfies Readonly<Record<ColumnName, typeof search>>)
  .partial();

const debitRows = z.enum(['ecarter', 'negatif']);

const debits = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('colonne'), colonne: shortText, lignes: debitRows }),
    z.strictObject({ type: z.literal('mot'), colonne: shortText, credit: wordList, debit: wordList, lignes: debitRows }),
    z.strictObject({ type: z.literal('signe-moins') }),
  ],
  { error: 'Type de débits inconnu : colonne, mot ou signe-moins attendu.' },
);

/** How a statement is laid out: which header holds what, and what the exports of some operators need besides. */
export const statementFormat = z.strictObject({
  nom: shortText.nullish(),
  moment,
  colonnes,
  feuille: shortText.nullish(),
  lignesEnTete: z.literal([1, 2]).nullish(),
  recherche: recherche.nullish(),
  debits: debits.nullish(),
  typeDeLigne: z.strictObject({ colonne: shortText, seulement: wordList }).nullish(),
});

export type StatementFormat = z.infer<typeof statementFormat>;

/** What is wrong where, below the format. */
export interface Fault {
  readonly path: readonly string[];
  /** French. */
  readonly message: string;
}

/** What no single field of a format shows to be wrong. */
export function formatFaults(format: StatementFormat): readonly Fault[] {
  const columns = namedColumns(format);
  const used = new Map<string, string>();
  const doubles = columns.flatMap(({ name, path, header }): readonly Fault[] => {
    // One column may both tell credits from debits and say which rows count.
    if (name === 'type' && format.debits?.type === 'mot' && wordKey(format.debits.colonne) === wordKey(header)) return [];
    const key = `${wordKey(header)}#${format.recherche?.[name]?.rang ?? 1}`;
    const other = used.get(key);
    used.set(key, path.join('.'));
    return other === undefined
      ? []
      : [{ path, message: `En-tête en double : « ${header} » sert déjà pour format.${other}. S'il y en a plusieurs, dites lequel par recherche.${name}.rang.` }];
  });
  const names = new Set<string>(columns.map(({ name }) => name));
  const needless = Object.keys(format.recherche ?? {}).filter((name) => !names.has(name));
  return [
    ...doubles,
    ...needless.map((name) => ({ path: ['recherche', name], message: 'Ce format ne nomme pas cette colonne.' })),
    ...(format.debits?.type === 'mot' ? wordFaults(['debits', 'debit'], format.debits.debit, format.debits.credit, 'credit') : []),
  ];
}

/** Words that stand twice in a list, or in a list that means the opposite. */
export function wordFaults(path: readonly string[], words: readonly string[], opposite: readonly string[], oppositeName: string): readonly Fault[] {
  const keys = words.map(wordKey);
  const others = new Set(opposite.map(wordKey));
  return words.flatMap((word, index): readonly Fault[] => {
    const key = wordKey(word);
    if (keys.indexOf(key) !== index) return [{ path: [...path, String(index)], message: `« ${word} » figure deux fois.` }];
    return others.has(key) ? [{ path: [...path, String(index)], message: `« ${word} » figure aussi dans ${oppositeName}.` }] : [];
  });
}

interface NamedColumn {
  readonly name: ColumnName;
  readonly path: readonly string[];
  readonly header: string;
}

function namedColumns({ moment: when, colonnes: columns, debits: debit, typeDeLigne }: StatementFormat): readonly NamedColumn[] {
  const column = (name: ColumnName, path: readonly string[], header: string | null | undefined): readonly NamedColumn[] =>
    typeof header === 'string' ? [{ name, path, header }] : [];
  return [
    ...(when.type === 'une-colonne'
      ? column('date', ['moment', 'colonne'], when.colonne)
      : [...column('date', ['moment', 'colonneDate'], when.colonneDate), ...column('heure', ['moment', 'colonneHeure'], when.colonneHeure)]),
    ...(['payid', 'statut', 'montant', 'compte', 'telephone', 'transId'] as const).flatMap((name) => column(name, ['colonnes', name], columns[name])),
    ...column('debit', ['debits', 'colonne'], debit && debit.type !== 'signe-moins' ? debit.colonne : undefined),
    ...column('type', ['typeDeLigne', 'colonne'], typeDeLigne?.colonne),
  ];
}
