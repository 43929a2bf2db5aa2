import type { ColumnRole, ColumnSearch, Debits, MomentColumns, Operator } from '../core/operator.ts';
import type { Country } from '../core/phone.ts';
import { type GuessedColumns, type JudgedColumn, saysDirection } from './profile-columns.ts';
import type { MomentGuess } from './profile-dates.ts';
import type { FoundHeader } from './profile-header.ts';
import { COUNTRY_FACTS, guessPhones, type PhoneGuess } from './profile-phones.ts';
import { directionMeaning, isPaymentType, statusMeaning } from './profile-words.ts';

/** A profile that a file suggests, and what a person has to settle before it is declared. */
export interface Proposal {
  readonly operator: Operator;
  /** French, one thing a line. */
  readonly toSettle: readonly string[];
}

const TO_FILL = 'A COMPLETER';
const DEFAULT_COUNTRY = 'CI';

/** The roles without which no statement can be read. */
export const NEEDED_ROLES = ['date', 'payid', 'status', 'amount', 'account'] as const;

/**
 * The profile that the columns suggest; `undefined` where a needed column was not found.
 * @param sheet to be named where the workbook has several
 * @param known an operator whose account, country and ledger are kept
 */
export function propose(header: FoundHeader, { roles }: GuessedColumns, sheet: string | undefined, known: Operator | undefined): Proposal | undefined {
  const column = (role: ColumnRole) => roles.get(role)?.name;
  const [payid, status, amount, account] = [column('payid'), column('status'), column('amount'), column('account')];
  const moment = momentOf(roles.get('date'), roles.get('time'));
  if (payid === undefined || status === undefined || amount === undefined || account === undefined || moment === undefined) return undefined;
  const phone = roles.get('phone');
  const transId = column('transId');
  const ownAccount = mostFrequent(roles.get('account'));
  const country = known?.country ?? countryOf(phone?.phones, ownAccount);
  const { timeZone, currency } = COUNTRY_FACTS[country];
  const success = words(roles.get('status'), 'success');
  const failure = words(roles.get('status'), 'failure');
  const search = searchOf(roles);
  const rowType = rowTypeOf(roles.get('type'));
  const debits = debitsOf(roles.get('debit'));
  const operator: Operator = {
    id: 0,
    code: known?.code ?? 'ACOMPLETER',
    name: known?.name ?? TO_FILL,
    description: known?.description ?? '',
    account: known?.account ?? ownAccount ?? TO_FILL,
    country,
    timeZone: known?.timeZone ?? timeZone,
    currency: known?.currency ?? currency,
    layout: {
      name: known?.layout.name ?? 'propose',
      moment,
      columns: { payid, status, amount, account, ...(phone !== undefined && { phone: phone.name }), ...(transId !== undefined && { transId }) },
      ...(sheet !== undefined && { sheet }),
      ...(header.rows === 2 && { headerRows: header.rows }),
      ...(search !== undefined && { search }),
      ...(debits !== undefined && { debits }),
      ...(rowType !== undefined && { rowType }),
    },
    correspondenceKey: phone === undefined && transId !== undefined ? 'transId' : 'phone',
    ledger: known?.ledger ?? { paymentMethod: TO_FILL, exclude: [] },
    marginMinutes: known?.marginMinutes ?? 60,
    ...(success.length > 0 && { successStatuses: success }),
    ...(success.length > 0 && failure.length > 0 && { failureStatuses: failure }),
    badRows: known?.badRows ?? 'refuse',
  };
  return { operator, toSettle: toSettle(operator, roles, known) };
}

function momentOf(date: JudgedColumn | undefined, time: JudgedColumn | undefined): MomentColumns | undefined {
  if (date?.moment === undefined) return undefined;
  const [pattern = 'dd/MM/yyyy HH:mm:ss', ...otherPatterns] = date.moment.patterns;
  if (date.moment.purpose === 'moment') {
    return {
      kind: 'one-column',
      column: date.name,
      pattern,
      ...(otherPatterns.length > 0 && { otherPatterns }),
      ...(date.moment.trailingText && { trailingText: true }),
    };
  }
  if (time?.moment === undefined) return undefined;
  const [datePattern = 'dd/MM/yyyy', ...otherDatePatterns] = date.moment.patterns;
  const [timePattern = 'HH:mm:ss', ...otherTimePatterns] = time.moment.patterns;
  return {
    kind: 'two-columns',
    dateColumn: date.name,
    datePattern,
    ...(otherDatePatterns.length > 0 && { otherDatePatterns }),
    timeColumn: time.name,
    timePattern,
    ...(otherTimePatterns.length > 0 && { otherTimePatterns }),
  };
}

/** Of columns with one name the first is found without being told. */
function searchOf(roles: ReadonlyMap<ColumnRole, JudgedColumn>): { readonly [R in ColumnRole]?: ColumnSearch } | undefined {
  const search: { [R in ColumnRole]?: ColumnSearch } = {};
  for (const [role, { occurrence }] of roles) if (occurrence > 1) search[role] = { occurrence };
  return Object.keys(search).length === 0 ? undefined : search;
}

/** Worth a filter only where payments stand among other rows. */
function rowTypeOf(column: JudgedColumn | undefined) {
  if (column === undefined || column.counts.size < 2) return undefined;
  const only = [...column.counts.keys()].filter(isPaymentType);
  return only.length === 0 || only.length === column.counts.size ? undefined : { column: column.name, only };
}

function debitsOf(column: JudgedColumn | undefined): Debits | undefined {
  if (column === undefined) return undefined;
  if (!saysDirection(column)) return { kind: 'column', column: column.name, rows: 'set-aside' };
  const saying = (meaning: 'credit' | 'debit') => [...column.counts.keys()].filter((word) => directionMeaning(word) === meaning);
  return { kind: 'word', column: column.name, credit: saying('credit'), debit: saying('debit'), rows: 'set-aside' };
}

/** Numbers that name their country speak first: the customers', then the operator's own. */
function countryOf(phones: PhoneGuess | undefined, account: string | undefined): Country {
  if (phones?.certain === true) return phones.country;
  const own = account === undefined ? undefined : guessPhones([account]);
  return own?.certain === true ? own.country : (phones?.country ?? DEFAULT_COUNTRY);
}

function words(column: JudgedColumn | undefined, meaning: 'success' | 'failure'): readonly string[] {
  return [...(column?.counts.keys() ?? [])].filter((word) => statusMeaning(word) === meaning);
}

function mostFrequent(column: JudgedColumn | undefined): string | undefined {
  return [...(column?.counts ?? [])].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function toSettle(operator: Operator, roles: ReadonlyMap<ColumnRole, JudgedColumn>, known: Operator | undefined): readonly string[] {
  const date = roles.get('date')?.moment;
  const unknown = [...(roles.get('status')?.counts.keys() ?? [])].filter((word) => statusMeaning(word) === 'unknown');
  return [
    ...(known === undefined
      ? ['code, nom, description et cinetpay.payment_method : le fichier ne les dit pas', 'account : la valeur la plus fréquente de la colonne du compte a été prise']
      : []),
    ...(known === undefined && roles.get('phone')?.phones?.certain !== true ? [`pays, fuseau et devise : ${operator.country} supposé, les numéros ne nomment pas leur pays`] : []),
    ...(date?.undecided === true ? [`motif de date : aucun jour après le 12, jour et mois peuvent être inversés (${date.patterns[0] ?? ''} supposé)`] : []),
    ...(date !== undefined && date.serialShare > 0 && date.patterns.length === 0 ? ['motif de date : les dates sont de vraies dates de tableur, le motif ne sert pas'] : []),
    ...(operator.successStatuses === undefined
      ? ['statutsSucces : aucun mot de succès reconnu, chaque ligne compte']
      : unknown.length > 0
        ? [`statuts à ranger parmi statutsSucces ou statutsEchec : ${unknown.slice(0, 10).join(', ')}`]
        : []),
    ...((roles.get('amount')?.amounts.negative ?? 0) > 0 ? ['montants négatifs : ils comptent comme des annulations ; debits {"type": "signe-moins"} les écarte'] : []),
    ...(roles.has('phone') || roles.has('transId') ? [] : ['ni téléphone ni transId : aucune ligne ne pourra être expliquée par une transaction échouée']),
  ];
}

/** What a guess of moments says, in French. */
export function momentText({ purpose, patterns, serialShare, trailingText }: MomentGuess): string {
  const what = { moment: 'date et heure', date: 'date', time: 'heure' }[purpose];
  const texts = patterns.length === 0 ? [] : [`motif ${patterns.join(' ou ')}${trailingText ? ', puis un autre texte' : ''}`];
  const serials = serialShare === 0 ? [] : [`${Math.round(serialShare * 100)} % de vraies dates`];
  return [what, ...texts, ...serials].join(', ');
}
