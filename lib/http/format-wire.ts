import type { ColumnSearch, Debits, MomentColumns, StatementLayout } from '../core/operator.ts';
import { COLUMN_NAMES, type ColumnName, type StatementFormat } from './schemas/statement-format.ts';

const DEBIT_ROWS = { ecarter: 'set-aside', negatif: 'negative' } as const;
const NAMES: readonly ColumnName[] = ['date', 'heure', 'payid', 'statut', 'montant', 'compte', 'telephone', 'transId', 'debit', 'type'];

/** The layout that a format describes. @param name of a format without one */
export function layoutOf(format: StatementFormat, name: string): StatementLayout {
  const { colonnes, feuille, lignesEnTete, recherche, debits, typeDeLigne } = format;
  const { payid, statut, montant, compte, telephone, transId } = colonnes;
  const search = recherche && searchOf(recherche);
  return {
    name: format.nom ?? name,
    moment: momentOf(format.moment),
    columns: { payid, status: statut, amount: montant, account: compte, ...(telephone && { phone: telephone }), ...(transId && { transId }) },
    ...(feuille && { sheet: feuille }),
    ...(lignesEnTete === 2 && { headerRows: lignesEnTete }),
    ...(search && Object.keys(search).length > 0 && { search }),
    ...(debits && { debits: debitsOf(debits) }),
    ...(typeDeLigne && { rowType: { column: typeDeLigne.colonne, only: typeDeLigne.seulement } }),
  };
}

export function wireFormat({ name, moment, columns, sheet, headerRows, search, debits, rowType }: StatementLayout): StatementFormat {
  return {
    nom: name,
    moment: wireMoment(moment),
    colonnes: {
      payid: columns.payid,
      statut: columns.status,
      montant: columns.amount,
      compte: columns.account,
      telephone: columns.phone ?? null,
      transId: columns.transId ?? null,
    },
    feuille: sheet ?? null,
    lignesEnTete: headerRows ?? 1,
    recherche: search === undefined ? null : wireSearch(search),
    debits: debits === undefined ? null : wireDebits(debits),
    typeDeLigne: rowType === undefined ? null : { colonne: rowType.column, seulement: [...rowType.only] },
  };
}

function momentOf(moment: StatementFormat['moment']): MomentColumns {
  if (moment.type === 'une-colonne') {
    const { colonne: column, motif, autresMotifs, texteApres } = moment;
    return { kind: 'one-column', column, pattern: motif, ...(autresMotifs?.length && { otherPatterns: autresMotifs }), ...(texteApres === true && { trailingText: true }) };
  }
  return {
    kind: 'two-columns',
    dateColumn: moment.colonneDate,
    datePattern: moment.motifDate,
    ...(moment.autresMotifsDate?.length && { otherDatePatterns: moment.autresMotifsDate }),
    timeColumn: moment.colonneHeure,
    timePattern: moment.motifHeure,
    ...(moment.autresMotifsHeure?.length && { otherTimePatterns: moment.autresMotifsHeure }),
  };
}

function wireMoment(moment: MomentColumns): StatementFormat['moment'] {
  return moment.kind === 'one-column'
    ? { type: 'une-colonne', colonne: moment.column, motif: moment.pattern, autresMotifs: [...(moment.otherPatterns ?? [])], texteApres: moment.trailingText === true }
    : {
        type: 'deux-colonnes',
        colonneDate: moment.dateColumn,
        motifDate: moment.datePattern,
        autresMotifsDate: [...(moment.otherDatePatterns ?? [])],
        colonneHeure: moment.timeColumn,
        motifHeure: moment.timePattern,
        autresMotifsHeure: [...(moment.otherTimePatterns ?? [])],
      };
}

function searchOf(recherche: NonNullable<StatementFormat['recherche']>): NonNullable<StatementLayout['search']> {
  const found = NAMES.flatMap((name): readonly (readonly [string, ColumnSearch])[] => {
    const { autresEnTetes, rang } = recherche[name] ?? {};
    return autresEnTetes?.length || rang !== undefined
      ? [[COLUMN_NAMES[name], { ...(autresEnTetes?.length && { otherHeaders: autresEnTetes }), ...(rang !== undefined && { occurrence: rang }) }]]
      : [];
  });
  return Object.fromEntries(found);
}

function wireSearch(search: NonNullable<StatementLayout['search']>): NonNullable<StatementFormat['recherche']> {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const { otherHeaders, occurrence } = search[COLUMN_NAMES[name]] ?? {};
      return otherHeaders === undefined && occurrence === undefined
        ? []
        : [[name, { ...(otherHeaders && { autresEnTetes: [...otherHeaders] }), ...(occurrence !== undefined && { rang: occurrence }) }]];
    }),
  );
}

function debitsOf(debits: NonNullable<StatementFormat['debits']>): Debits {
  switch (debits.type) {
    case 'colonne':
      return { kind: 'column', column: debits.colonne, rows: DEBIT_ROWS[debits.lignes] };
    case 'mot':
      return { kind: 'word', column: debits.colonne, credit: debits.credit, debit: debits.debit, rows: DEBIT_ROWS[debits.lignes] };
    case 'signe-moins':
      return { kind: 'minus-sign' };
    default:
      return debits satisfies never;
  }
}

function wireDebits(debits: Debits): NonNullable<StatementFormat['debits']> {
  switch (debits.kind) {
    case 'column':
      return { type: 'colonne', colonne: debits.column, lignes: wireDebitRows(debits.rows) };
    case 'word':
      return { type: 'mot', colonne: debits.column, credit: [...debits.credit], debit: [...debits.debit], lignes: wireDebitRows(debits.rows) };
    case 'minus-sign':
      return { type: 'signe-moins' };
    default:
      return debits satisfies never;
  }
}

function wireDebitRows(rows: (typeof DEBIT_ROWS)[keyof typeof DEBIT_ROWS]): keyof typeof DEBIT_ROWS {
  return rows === 'negative' ? 'negatif' : 'ecarter';
}
